using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Client.Tests;

public sealed class DestinationTests
{
    [Fact]
    public async Task The_token_goes_to_the_origin_of_the_base_address()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(new Uri(server.Address, "/api/"));

        await host.CreateClient().GetAsync("tasks?done=false");

        Assert.Equal([new ReceivedRequest("GET", "/api/tasks?done=false", Tokens.Header, "")], server.Received);
    }

    [Fact]
    public async Task A_request_to_another_origin_is_not_sent()
    {
        await using var server = await KestrelServer.StartAsync();
        await using var other = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address);

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(
            () => host.CreateClient().GetAsync(new Uri(other.Address, "/path?key=value")));

        Assert.Equal(PersonalAccessTokenProblem.ForeignOrigin, exception.Problem);
        Assert.Contains(other.Address.Authority, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("key", exception.Message, StringComparison.Ordinal);
        Assert.Empty(other.Received);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task The_same_machine_by_another_name_is_another_origin()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address);

        await Assert.ThrowsAsync<PersonalAccessTokenException>(
            () => host.CreateClient().GetAsync(new UriBuilder(server.Address) { Host = "localhost" }.Uri));

        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_named_origin_takes_the_place_of_the_base_address()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(baseAddress: null, options => options.Origin = new Uri(server.Address, "/ignored"));

        await host.CreateClient().GetAsync(new Uri(server.Address, "/tasks"));

        Assert.Equal([Tokens.Header], server.Received.Select(request => request.Authorization));
    }

    [Fact]
    public async Task In_the_clear_no_proxy_sees_the_token()
    {
        await using var server = await KestrelServer.StartAsync();
        await using var proxy = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address, client: client => client.UseSocketsHttpHandler(
            (handler, _) => handler.Proxy = new WebProxy(proxy.Address, BypassOnLocal: false)));

        await host.CreateClient().GetAsync("/");

        Assert.Empty(proxy.Received);
        Assert.Equal([Tokens.Header], server.Received.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_request_with_credentials_of_its_own_is_not_sent()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", "dTpw") },
        };

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.CreateClient().SendAsync(request));

        Assert.Contains("Authorization", exception.Message, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_synchronous_request_is_not_sent_without_the_token()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");

        Assert.Throws<NotSupportedException>(() => host.CreateClient().Send(request));

        Assert.Empty(server.Received);
    }

    [Theory]
    [InlineData("https://api.example.com", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.2", true)]
    [InlineData("http://[::1]:80", true)]
    [InlineData("http://api.example.com", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData("http://localhost@api.example.com", false)]
    [InlineData("http://localhost.", false)]
    [InlineData("http://0.0.0.0", false)]
    [InlineData("http://[::ffff:192.168.0.1]", false)]
    [InlineData("http://192.168.0.1", false)]
    [InlineData("ftp://localhost", false)]
    public void Only_HTTPS_and_this_machine_are_safe(string address, bool safe) =>
        Assert.Equal(safe, Destination.IsSafe(new Uri(address)));

    [Theory]
    [InlineData("https://API.example.com/a", "https://api.example.com:443/b?c", true)]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example", true)]
    [InlineData("https://api.example.com", "https://api.example.com:8443", false)]
    [InlineData("https://api.example.com", "http://api.example.com", false)]
    [InlineData("https://api.example.com:8443", "http://api.example.com:8443", false)]
    [InlineData("https://api.example.com", "https://api.example.com.", false)]
    [InlineData("https://api.example.com", "https://example.com", false)]
    [InlineData("https://api.example.com", "https://api.example.com@evil.example", false)]
    public void An_origin_is_scheme_host_and_port(string one, string other, bool same) =>
        Assert.Equal(same, Destination.IsSameOrigin(new Uri(one), new Uri(other)));

    [Fact]
    public void Messages_show_an_origin_without_user_path_and_query() =>
        Assert.Equal("https://api.example.com", Destination.Show(new Uri("https://user:password@api.example.com/path?query")));
}
