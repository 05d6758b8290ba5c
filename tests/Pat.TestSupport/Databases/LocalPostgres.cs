using System.Diagnostics;
using Npgsql;

namespace Pat.TestSupport;

/// <summary>A server in a temporary directory, reached by a socket in it, so that no port is taken.</summary>
internal sealed class LocalPostgres : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>A test's data need not outlive the machine's power.</summary>
    private static readonly string[] Volatile = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

    private readonly string _programs;
    private readonly string _directory;
    private readonly string[] _settings;
    private Process _process;

    private LocalPostgres(string programs, string directory, string[] settings)
    {
        _programs = programs;
        _directory = directory;
        _settings = settings;
        _process = Start(programs, directory, settings);
        ConnectionString = $"Host={directory};Username=postgres;Database=postgres;Maximum Pool Size=50;Timeout=30";
    }

    public string ConnectionString { get; }

    /// <param name="isDurable">Whether it keeps what is committed as PostgreSQL does by default; else it is faster.</param>
    /// <param name="settings">Further settings, each <c>name=value</c>.</param>
    public static async Task<LocalPostgres> StartAsync(bool isDurable, IEnumerable<string> settings)
    {
        var programs = PostgresPrograms.Find();

        // A short path: a socket's may have about a hundred characters.
        var directory = $"/tmp/pat-pg-{Environment.ProcessId}-{Path.GetRandomFileName()[..4]}";
        await RunAsync("mkdir", ["-m", "700", directory]);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", ["postgres", directory]);
        }

        try
        {
            await RunAsync(Unprivileged([$"{programs}/initdb", "-D", $"{directory}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]));
            var server = new LocalPostgres(programs, directory, [.. isDurable ? [] : Volatile, .. settings]);
            await server.WaitUntilReadyAsync();
            return server;
        }
        catch
        {
            Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    /// <summary>Stops the server and starts it over the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Kills all its processes with SIGKILL.</summary>
    public async Task KillAsync()
    {
        var id = (await File.ReadAllLinesAsync($"{_directory}/data/postmaster.pid"))[0];
        foreach (var child in ChildrenOf(id))
        {
            await RunAsync("/bin/sh", ["-c", $"kill -KILL {child} || true"]);
        }

        await RunAsync("/bin/sh", ["-c", $"kill -KILL {id}"]);

        // The shell waits for its input to end.
        await StopAsync();

        // It would have removed its socket's lock itself.
        foreach (var left in Directory.EnumerateFiles(_directory, ".s.PGSQL.*"))
        {
            File.Delete(left);
        }
    }

    /// <summary>Starts a server that was stopped or killed.</summary>
    public async Task StartAgainAsync()
    {
        _process = Start(_programs, _directory, _settings);
        await WaitUntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>By Linux's process file system: the second word after the name is the parent.</summary>
    private static IEnumerable<string> ChildrenOf(string id) =>
        from directory in Directory.EnumerateDirectories("/proc")
        where char.IsAsciiDigit(Path.GetFileName(directory)[0])
        where ReadWords($"{directory}/stat") is [_, var parent, ..] && parent == id
        select Path.GetFileName(directory);

    private static string[] ReadWords(string file)
    {
        try
        {
            return File.ReadAllText(file).Split(") ")[^1].Split(' ');
        }
        catch (IOException)
        {
            // The process has ended meanwhile.
            return [];
        }
    }

    private async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>
    /// The shell stops the server when its input ends, which it does even where this process dies.
    /// </summary>
    private static Process Start(string programs, string directory, string[] settings)
    {
        const string Script = """
            "$0" "$@" >"$PAT_TEST_POSTGRES_LOG" 2>&1 </dev/null &
            server=$!
            read -r _
            kill -INT "$server" 2>/dev/null
            wait "$server"
            """;
        string[] server =
        [
            $"{programs}/postgres", "-D", $"{directory}/data", "-k", directory,
            "-c", "listen_addresses=", "-c", "max_connections=200",
            .. settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        var start = StartOf(Unprivileged(["/bin/sh", "-c", Script, .. server]));
        start.Environment["PAT_TEST_POSTGRES_LOG"] = $"{directory}/log";
        start.RedirectStandardInput = true;
        return Process.Start(start)!;
    }

    private async Task WaitUntilReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(started) < StartLimit && !_process.HasExited)
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException exception)
            {
                var log = await File.ReadAllTextAsync($"{_directory}/log");
                await DisposeAsync();
                throw new InvalidOperationException($"PostgreSQL did not start: {log}", exception);
            }
        }
    }

    /// <summary>PostgreSQL refuses to run as root; Debian's package makes a user for it.</summary>
    private static string[] Unprivileged(string[] command) =>
        Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command;

    private static Task RunAsync(string program, string[] arguments) => RunAsync([program, .. arguments]);

    private static async Task RunAsync(string[] command)
    {
        var start = StartOf(command);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} failed: {await output}{await errors}");
        }
    }

    private static ProcessStartInfo StartOf(string[] command) => new(command[0], command[1..]) { WorkingDirectory = "/" };
}
