using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Client.Tests;

public sealed class RetryTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly WaitingTimeProvider _time = new();

    [Theory]
    [InlineData(429, "POST")]
    [InlineData(429, "PATCH")]
    [InlineData(503, "PUT")]
    [InlineData(503, "DELETE")]
    public async Task A_busy_server_is_asked_again_once_after_the_wait_it_asks_for(int status, string method)
    {
        await using var server = await StartBusyAsync(status, "7", answers: 1);
        using var host = CreateHost(server);

        using var request = new HttpRequestMessage(new HttpMethod(method), "/tasks") { Content = JsonContent.Create("milk") };
        var sending = host.CreateClient().SendAsync(request);
        var wait = await _time.Wait.WaitAsync(Deadline);
        Assert.Equal(TimeSpan.FromSeconds(7), wait);
        Assert.Single(server.Received);
        _time.Advance(wait);
        var response = await sending.WaitAsync(Deadline);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Enumerable.Repeat(new ReceivedRequest(method, "/tasks", Tokens.Header, "\"milk\""), 2), server.Received);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task What_may_have_been_carried_out_is_not_sent_again(string method)
    {
        await using var server = await StartBusyAsync(503, "7", answers: 1);
        using var host = CreateHost(server);

        using var request = new HttpRequestMessage(new HttpMethod(method), "/tasks") { Content = JsonContent.Create("milk") };
        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().SendAsync(request));

        Assert.Equal(TimeSpan.FromSeconds(7), exception.RetryAfter);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_not_asked_a_third_time()
    {
        await using var server = await StartBusyAsync(503, "7", answers: 9);
        using var host = CreateHost(server);

        var sending = host.CreateClient().GetAsync("/");
        _time.Advance(await _time.Wait.WaitAsync(Deadline));
        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => sending.WaitAsync(Deadline));

        Assert.Equal(PersonalAccessTokenProblem.Unavailable, exception.Problem);
        Assert.Equal(TimeSpan.FromSeconds(7), exception.RetryAfter);
        Assert.EndsWith("can't answer at present (503). Try again in 7 s.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task A_wait_until_a_time_is_kept_too()
    {
        var until = _time.GetUtcNow().AddSeconds(12);
        await using var server = await StartBusyAsync(429, until.ToString("R", CultureInfo.InvariantCulture), answers: 1);
        using var host = CreateHost(server);

        var sending = host.CreateClient().GetAsync("/");
        var wait = await _time.Wait.WaitAsync(Deadline);
        _time.Advance(wait);

        Assert.Equal(TimeSpan.FromSeconds(12), wait);
        Assert.Equal(HttpStatusCode.OK, (await sending.WaitAsync(Deadline)).StatusCode);
    }

    [Fact]
    public async Task A_longer_wait_than_allowed_is_the_callers()
    {
        await using var server = await StartBusyAsync(429, "31", answers: 1);
        using var host = CreateHost(server);

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Equal(PersonalAccessTokenProblem.TooManyRequests, exception.Problem);
        Assert.Equal(TimeSpan.FromSeconds(31), exception.RetryAfter);
        Assert.Single(server.Received);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    public async Task Without_a_wait_the_request_is_not_sent_again(string? retryAfter)
    {
        await using var server = await StartBusyAsync(503, retryAfter, answers: 1);
        using var host = CreateHost(server);

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Null(exception.RetryAfter);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_content_that_is_gone_is_not_sent_again()
    {
        await using var server = await StartBusyAsync(503, "1", answers: 1);
        using var host = CreateHost(server);

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(
            () => host.CreateClient().PutAsync("/", new StreamContent(new MemoryStream([1]))));

        Assert.Equal(TimeSpan.FromSeconds(1), exception.RetryAfter);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Nothing_is_sent_again_where_no_wait_is_allowed()
    {
        await using var server = await StartBusyAsync(503, "0", answers: 1);
        using var host = CreateHost(server, options => options.MaxRetryDelay = TimeSpan.Zero);

        await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_wait()
    {
        await using var server = await StartBusyAsync(503, "7", answers: 1);
        using var host = CreateHost(server);
        using var cancellation = new CancellationTokenSource();

        var sending = host.CreateClient().GetAsync("/", cancellation.Token);
        await _time.Wait.WaitAsync(Deadline);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Deadline));
        Assert.Single(server.Received);
    }

    private ClientHost CreateHost(KestrelServer server, Action<PersonalAccessTokenClientOptions>? configure = null) =>
        new(server.Address, configure, services: services => services.AddSingleton<TimeProvider>(_time));

    private static Task<KestrelServer> StartBusyAsync(int status, string? retryAfter, int answers) =>
        KestrelServer.StartAsync(context =>
        {
            if (Interlocked.Decrement(ref answers) >= 0)
            {
                context.Response.StatusCode = status;
                context.Response.Headers.RetryAfter = retryAfter;
            }

            return Task.CompletedTask;
        });
}
