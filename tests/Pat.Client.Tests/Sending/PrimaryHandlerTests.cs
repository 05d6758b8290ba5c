using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pat.Client.Tests;

/// <summary>Primary handlers that the application brings.</summary>
public sealed class PrimaryHandlerTests
{
    private static readonly Uri Local = new("http://localhost");

    [Fact]
    public async Task One_of_an_unknown_kind_is_refused_with_the_cure()
    {
        using var server = await StartTestServerAsync();
        using var host = new ClientHost(Local, client: client => client.ConfigurePrimaryHttpMessageHandler(server.GetTestServer().CreateHandler));

        var exception = Assert.Throws<NotSupportedException>(host.CreateClient);

        Assert.Contains("TrustPrimaryHandler = true", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_an_unknown_kind_serves_where_it_is_trusted()
    {
        using var server = await StartTestServerAsync();
        using var host = new ClientHost(
            Local,
            options => options.TrustPrimaryHandler = true,
            client => client.ConfigurePrimaryHttpMessageHandler(server.GetTestServer().CreateHandler));

        Assert.Equal(Tokens.Header, await host.CreateClient().GetStringAsync("/"));
    }

    [Fact]
    public async Task One_in_use_that_follows_redirects_is_refused_with_the_cure()
    {
        await using var server = await KestrelServer.StartAsync();
        using var shared = new SocketsHttpHandler();
        using var invoker = new HttpMessageInvoker(shared);
        await invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, server.Address), default);
        using var host = new ClientHost(server.Address, client: client => client.ConfigurePrimaryHttpMessageHandler(() => shared));

        var exception = Assert.Throws<InvalidOperationException>(host.CreateClient);

        Assert.Contains("AllowAutoRedirect = false", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_in_use_that_follows_no_redirect_serves()
    {
        await using var server = await KestrelServer.StartAsync();
        using var shared = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var invoker = new HttpMessageInvoker(shared);
        await invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, server.Address), default);
        using var host = new ClientHost(server.Address, client: client => client.ConfigurePrimaryHttpMessageHandler(() => shared));

        var response = await host.CreateClient().GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Tokens.Header, server.Received[^1].Authorization);
    }

    private static async Task<IHost> StartTestServerAsync()
    {
        var host = new HostBuilder().ConfigureWebHost(web => web.UseTestServer().Configure(application => application.Run(
            context => context.Response.WriteAsync(context.Request.Headers.Authorization.ToString())))).Build();
        await host.StartAsync();
        return host;
    }
}
