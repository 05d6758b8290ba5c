using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pat.TestSupport;

/// <summary>A server program on a port of its own, from a temporary directory, for as long as a test needs it.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private static readonly string[] ProgramDirectories = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

    private readonly string _program;
    private readonly string[] _arguments;
    private Process? _process;

    private LocalServer(string program, string directory, int port, string[] arguments) =>
        (_program, Directory, Port, _arguments) = (program, directory, port, arguments);

    public string Directory { get; }

    public int Port { get; }

    /// <summary>
    /// Starts PgBouncer before PostgreSQL. In transaction mode a client's statements go to whichever connection is free, so
    /// that LISTEN succeeds and nothing is ever heard; in session mode a client has one of its own.
    /// </summary>
    /// <param name="host">PostgreSQL's host, or the directory of its socket.</param>
    /// <param name="poolMode"><c>transaction</c> or <c>session</c>.</param>
    /// <param name="user">As whom it connects.</param>
    public static Task<LocalServer> StartPgBouncerAsync(string host, string poolMode = "transaction", string user = "postgres") => StartAsync(
        FindProgram("pgbouncer"),
        async (directory, own) =>
        {
            var configuration = Path.Combine(directory, "pgbouncer.ini");
            await File.WriteAllTextAsync(
                configuration,
                string.Create(CultureInfo.InvariantCulture, $"""
                    [databases]
                    * = host={host} port=5432 user={user}
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = {own}
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = {poolMode}
                    default_pool_size = 20
                    server_login_retry = 1
                    ignore_startup_parameters = extra_float_digits
                    logfile = {directory}/log
                    """));
            return [configuration];
        });

    /// <summary>Starts Redis, which keeps nothing.</summary>
    public static Task<LocalServer> StartRedisAsync() => StartAsync(
        FindProgram("redis-server"),
        static (directory, port) => Task.FromResult<string[]>(
            ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory]));

    /// <summary>Kills it, so that its connections break without a word of its own.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Starts it again on the same port.</summary>
    public async Task StartAgainAsync()
    {
        var start = Unprivileged([_program, .. _arguments]);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var started = Stopwatch.GetTimestamp();
        while (!await IsListeningAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                throw new InvalidOperationException($"{_program} did not start.");
            }

            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static async Task<LocalServer> StartAsync(string program, Func<string, int, Task<string[]>> configure)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("pat-server-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["postgres", directory]);
            await chown.WaitForExitAsync();
        }

        var port = FindPort();
        var server = new LocalServer(program, directory, port, await configure(directory, port));
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static int FindPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsListeningAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>PgBouncer refuses to run as root.</summary>
    private static ProcessStartInfo Unprivileged(string[] command)
    {
        string[] all = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command] : command;
        return new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static string FindProgram(string name) =>
        ProgramDirectories
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"These tests need {name}. Install it (Debian: apt-get install {name}).");
}
