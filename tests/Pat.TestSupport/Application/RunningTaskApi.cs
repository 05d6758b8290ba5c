using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Pat.TestSupport;

/// <summary>The application as its user starts it: a process of its own, on a free port.</summary>
public sealed partial class RunningTaskApi : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>The program as it was built beside these tests.</summary>
    public static readonly string DefaultProgram = Path.GetFullPath(
        typeof(RunningTaskApi).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "TaskApi").Value!);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Action<string>? _readLine;

    private RunningTaskApi(Process process, Action<string>? readLine) => (_process, _readLine) = (process, readLine);

    public Uri Address { get; private set; } = null!;

    /// <summary>All that the process has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <param name="database">Where it keeps everything.</param>
    /// <param name="settings">Further settings, as on the command line.</param>
    public static Task<RunningTaskApi> StartAsync(TestDatabase database, params string[] settings) =>
        StartAsync(database.Provider, database.ConnectionString, settings);

    public static Task<RunningTaskApi> StartAsync(string provider, string connectionString, params string[] settings) => StartAsync(
        DefaultProgram,
        [$"--Database:Provider={provider}", $"--ConnectionStrings:Default={connectionString}", .. settings],
        new Dictionary<string, string>());

    /// <summary>Starts it as a command of the manual does, but on a free port, with a database of its own.</summary>
    /// <param name="command">The command.</param>
    /// <param name="connectionString">What takes the place of the command's own, if it has one.</param>
    public static Task<RunningTaskApi> StartAsync(DocumentedCommand command, string connectionString) => StartAsync(
        DefaultProgram,
        [.. command.ArgumentsFor("samples/TaskApi"), $"--ConnectionStrings:Default={connectionString}"],
        new Dictionary<string, string>());

    /// <param name="program">Which build of it.</param>
    /// <param name="settings">Settings, as on the command line.</param>
    /// <param name="environment">Variables of its environment.</param>
    /// <param name="readLine">Told each line that it writes.</param>
    public static async Task<RunningTaskApi> StartAsync(
        string program, IEnumerable<string> settings, IReadOnlyDictionary<string, string> environment, Action<string>? readLine = null)
    {
        var start = new ProcessStartInfo("dotnet", [program, "--urls=http://127.0.0.1:0", "--environment=Development", .. settings])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var application = new RunningTaskApi(new Process { StartInfo = start, EnableRaisingEvents = true }, readLine);
        try
        {
            await application.StartAsync();
            return application;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>A caller with cookies of its own, who follows no redirect.</summary>
    public HttpClient CreateClient() =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    public bool HasExited => _process.HasExited;

    /// <summary>Sends the process a signal: <c>KILL</c>, <c>STOP</c>, <c>CONT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends the application as its user does, so that it finishes its work, and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill();
        }
        else if (!_process.HasExited)
        {
            await SignalAsync("TERM");
        }

        await _process.WaitForExitAsync().WaitAsync(Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private async Task StartAsync()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The application ended: {Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await _address.Task.WaitAsync(Limit);
    }

    private void Read(string? line)
    {
        if (line is not null)
        {
            _readLine?.Invoke(line);
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line is not null && Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
