using System.Diagnostics;
using System.Globalization;

namespace Pat.Benchmarks;

/// <summary>A server in a process of its own. It ends with its input, so also if this process dies.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string name, string tokens)
    {
        _process = process;
        Name = name;
        Tokens = tokens;
    }

    public string Name { get; }

    public Uri Address { get; private set; } = null!;

    /// <summary>The file with its tokens, one a line.</summary>
    public string Tokens { get; }

    public static async Task<ServerProcess> StartAsync(string contender, Database database, int tokens)
    {
        var file = Path.Combine(TemporaryDirectory.Of("tokens").FullName, $"{contender}.txt");
        var start = new ProcessStartInfo(
            // The program's own host, also where this process was started as "dotnet Pat.Benchmarks.dll".
            Path.ChangeExtension(typeof(ServerProcess).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null)!,
            [
                "serve", "--contender", contender, "--connection", database.ConnectionString,
                "--file", file, "--tokens", tokens.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var server = new ServerProcess(Process.Start(start)!, contender, file);
        try
        {
            await server.WaitAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Requires that it accepts the first of its tokens and knows whose it is: who does not is fast for nothing.</summary>
    public async Task CheckAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllLinesAsync(Tokens))[0]);
        using var measured = await client.GetAsync(new Uri(BenchmarkedApplication.Path, UriKind.Relative));
        using var told = await client.GetAsync(new Uri(BenchmarkedApplication.UserPath, UriKind.Relative));
        var user = await told.Content.ReadAsStringAsync();
        if ((int)measured.StatusCode != BenchmarkedApplication.Authenticated || !told.IsSuccessStatusCode || user != Subject.Id(0))
        {
            throw new InvalidOperationException(
                $"{Name} answered {measured.StatusCode}, then {told.StatusCode} with the user '{user}' in place of '{Subject.Id(0)}'.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(ServerProgram.Listening, StringComparison.Ordinal))
            {
                Address = new Uri(line[ServerProgram.Listening.Length..]);
                _ = DrainAsync();
                return;
            }

            Console.WriteLine($"{Name}: {line}");
        }

        throw new InvalidOperationException($"The server of {Name} did not start.");
    }

    /// <summary>
    /// What it says later is that callers left, as the load generator's connections do at the end of a round. What it
    /// refuses the load generator counts.
    /// </summary>
    private async Task DrainAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is not null)
        {
        }
    }
}
