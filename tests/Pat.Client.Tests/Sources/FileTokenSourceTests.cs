using System.Diagnostics;

namespace Pat.Client.Tests;

public sealed class FileTokenSourceTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pat-client-");

    private string TokenFile => Path.Combine(_directory.FullName, "token");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("  \n\n")]
    public async Task White_space_around_the_token_is_left_out(string end)
    {
        Write("\ufeff" + Tokens.Valid + end);

        Assert.Equal(Tokens.Valid, await new FileTokenSource(TokenFile, allowReadableByOthers: false).ReadAsync(default));
    }

    [Fact]
    public async Task A_replaced_token_counts_from_the_next_request_on()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = CreateHost(server);
        var client = host.CreateClient();
        Write("");

        var empty = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => client.GetAsync("/"));
        Write(Tokens.Valid + "\n");
        await client.GetAsync("/");

        Assert.Equal(PersonalAccessTokenProblem.TokenMissing, empty.Problem);
        Assert.Equal([Tokens.Header], server.Received.Select(request => request.Authorization));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_open_to_others_is_refused(UnixFileMode others)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        await using var server = await KestrelServer.StartAsync();
        using var host = CreateHost(server);
        Write(Tokens.Valid, OwnerOnly | others);

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Equal(PersonalAccessTokenProblem.SourceUnusable, exception.Problem);
        Assert.Contains($"chmod 600 '{TokenFile}'", exception.Message, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_file_open_to_others_is_taken_where_that_is_allowed()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = CreateHost(server, options => options.AllowFileReadableByOthers = true);
        Write(Tokens.Valid, OwnerOnly | UnixFileMode.OtherRead);

        await host.CreateClient().GetAsync("/");

        Assert.Equal([Tokens.Header], server.Received.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_missing_token()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = CreateHost(server);

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Equal(PersonalAccessTokenProblem.TokenMissing, exception.Problem);
        Assert.Contains($"the file {TokenFile} does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_can_not_be_read()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = CreateHost(server, options => options.File = _directory.FullName);

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Equal(PersonalAccessTokenProblem.SourceUnusable, exception.Problem);
    }

    [Fact]
    public async Task A_pipe_is_refused_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes among its files.");
        using (var mkfifo = Process.Start("mkfifo", ["-m", "600", TokenFile]))
        {
            await mkfifo.WaitForExitAsync();
            Assert.Equal(0, mkfifo.ExitCode);
        }

        await AssertNoRegularFileAsync(TokenFile);
    }

    [Fact]
    public async Task A_device_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no devices among its files.");

        await AssertNoRegularFileAsync("/dev/zero");
    }

    [Fact]
    public async Task A_link_to_the_token_is_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets few users make links.");
        await using var server = await KestrelServer.StartAsync();
        var link = Path.Combine(_directory.FullName, "link");
        using var host = CreateHost(server, options => options.File = link);
        Write(Tokens.Valid);
        File.CreateSymbolicLink(link + "ed", TokenFile);
        File.CreateSymbolicLink(link, "linked");

        await host.CreateClient().GetAsync("/");

        Assert.Equal([Tokens.Header], server.Received.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_file_that_holds_something_else_is_not_sent()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = CreateHost(server);
        Write(new string('a', 1_000_000));

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Equal(PersonalAccessTokenProblem.TokenMalformed, exception.Problem);
        Assert.Empty(server.Received);
    }

    private async Task AssertNoRegularFileAsync(string path)
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = CreateHost(server, options =>
        {
            options.File = path;
            options.AllowFileReadableByOthers = true;
        });

        // On a thread of its own, since opening a pipe would block it.
        var exception = await Task.Run(() => Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/")))
            .WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(PersonalAccessTokenProblem.TokenMissing, exception.Problem);
        Assert.Contains($"the file {path} is empty, or is not a regular file", exception.Message, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    private ClientHost CreateHost(KestrelServer server, Action<PersonalAccessTokenClientOptions>? configure = null) =>
        new(server.Address, options =>
        {
            options.Callback = null;
            options.File = TokenFile;
            configure?.Invoke(options);
        });

    private void Write(string text, UnixFileMode mode = OwnerOnly)
    {
        File.WriteAllText(TokenFile, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(TokenFile, mode);
        }
    }
}
