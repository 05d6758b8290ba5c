using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Client.Tests;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_within_the_origin_is_followed_with_the_token(int status)
    {
        await using var server = await StartRedirectingAsync(status, "/new?page=2");
        using var host = new ClientHost(server.Address);

        var response = await host.CreateClient().GetAsync("/old");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(new Uri(server.Address, "/new?page=2"), response.RequestMessage!.RequestUri);
        Assert.Equal(
            [new ReceivedRequest("GET", "/old", Tokens.Header, ""), new ReceivedRequest("GET", "/new?page=2", Tokens.Header, "")],
            server.Received);
    }

    [Theory]
    [InlineData(302, "GET", "")]
    [InlineData(303, "GET", "")]
    [InlineData(307, "POST", "\"milk\"")]
    [InlineData(308, "POST", "\"milk\"")]
    public async Task A_POST_is_redirected_as_the_status_says(int status, string method, string body)
    {
        await using var server = await StartRedirectingAsync(status, "/new");
        using var host = new ClientHost(server.Address);

        await host.CreateClient().PostAsJsonAsync("/old", "milk");

        Assert.Equal(new ReceivedRequest(method, "/new", Tokens.Header, body), server.Received[1]);
    }

    [Fact]
    public async Task A_content_that_is_gone_is_not_sent_again()
    {
        await using var server = await StartRedirectingAsync(307, "/new");
        using var host = new ClientHost(server.Address);

        var response = await host.CreateClient().PostAsync("/old", new StreamContent(new MemoryStream([1])));

        Assert.Equal(HttpStatusCode.TemporaryRedirect, response.StatusCode);
        Assert.Single(server.Received);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_origin_gets_neither_request_nor_token(int status)
    {
        await using var other = await KestrelServer.StartAsync();
        await using var server = await StartRedirectingAsync(status, new Uri(other.Address, "/new?key=value").ToString());
        using var host = new ClientHost(server.Address);

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(
            () => host.CreateClient().PostAsJsonAsync("/old", "milk"));

        Assert.Equal(PersonalAccessTokenProblem.ForeignRedirect, exception.Problem);
        Assert.Equal((HttpStatusCode)status, exception.StatusCode);
        Assert.Contains(other.Address.Authority, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("key", exception.Message, StringComparison.Ordinal);
        Tokens.AssertAbsent(exception.ToString());
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task A_redirect_to_another_origin_is_the_answer_where_refusals_are_not_thrown()
    {
        await using var other = await KestrelServer.StartAsync();
        await using var server = await StartRedirectingAsync(302, other.Address.ToString());
        using var host = new ClientHost(server.Address, options => options.ThrowOnRefusal = false);

        var response = await host.CreateClient().GetAsync("/old");

        Assert.Equal(other.Address, response.Headers.Location);
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task A_redirect_from_HTTPS_to_HTTP_is_not_followed()
    {
        await using var plain = await KestrelServer.StartAsync();
        await using var server = await KestrelServer.StartAsync(
            context =>
            {
                context.Response.Redirect(plain.Address.ToString());
                return Task.CompletedTask;
            },
            https: true);
        using var host = new ClientHost(server.Address, client: client => client.UseSocketsHttpHandler(
            (handler, _) => handler.SslOptions.RemoteCertificateValidationCallback =
                (_, certificate, _, _) => SelfSigned.Certificate.Equals(certificate)));

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Equal(PersonalAccessTokenProblem.ForeignRedirect, exception.Problem);
        Assert.Equal([Tokens.Header], server.Received.Select(request => request.Authorization));
        Assert.Empty(plain.Received);
    }

    [Fact]
    public async Task A_client_that_follows_no_redirect_still_follows_none()
    {
        await using var other = await KestrelServer.StartAsync();
        await using var server = await StartRedirectingAsync(302, other.Address.ToString());
        using var host = new ClientHost(server.Address, client: client => client.ConfigurePrimaryHttpMessageHandler(
            static () => new HttpClientHandler { AllowAutoRedirect = false }));

        var response = await host.CreateClient().GetAsync("/old");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        await using var server = await KestrelServer.StartAsync(context =>
        {
            context.Response.Redirect("/again");
            return Task.CompletedTask;
        });
        using var host = new ClientHost(server.Address, client: client => client.ConfigurePrimaryHttpMessageHandler(
            static () => new SocketsHttpHandler { MaxAutomaticRedirections = 3 }));

        var response = await host.CreateClient().GetAsync("/again");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(4, server.Received.Count);
    }

    public static TheoryData<string> PrimaryHandlers => ["sockets", "http", "wrapped"];

    [Theory, MemberData(nameof(PrimaryHandlers))]
    public async Task A_primary_handler_of_the_application_does_not_carry_the_token_away(string kind)
    {
        await using var other = await KestrelServer.StartAsync();
        await using var server = await StartRedirectingAsync(302, other.Address.ToString());
        using var host = new ClientHost(server.Address, client: client => client.ConfigurePrimaryHttpMessageHandler(() => kind switch
        {
            "sockets" => new SocketsHttpHandler(),
            "http" => new HttpClientHandler(),
            _ => new PassingHandler { InnerHandler = new HttpClientHandler() },
        }));

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/old"));

        Assert.Equal(PersonalAccessTokenProblem.ForeignRedirect, exception.Problem);
        Assert.Empty(other.Received);
    }

    private static Task<KestrelServer> StartRedirectingAsync(int status, string target) => KestrelServer.StartAsync(context =>
    {
        if (context.Request.Path == "/old")
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = target;
        }

        return Task.CompletedTask;
    });

    private sealed class PassingHandler : DelegatingHandler;
}
