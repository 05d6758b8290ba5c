using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Pat.Client.Tests;

/// <summary>A real server on a free port, which notes what it receives.</summary>
internal sealed class KestrelServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedRequest> _received = new();
    private readonly WebApplication _application;
    private readonly Func<HttpContext, Task> _answer;

    private KestrelServer(Func<HttpContext, Task> answer, bool https)
    {
        _answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => Secure(listen, https)));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public Uri Address => new(_application.Urls.Single());

    public IReadOnlyList<ReceivedRequest> Received => [.. _received];

    public static Task<KestrelServer> StartAsync(int statusCode = StatusCodes.Status200OK) => StartAsync(context =>
    {
        context.Response.StatusCode = statusCode;
        return Task.CompletedTask;
    });

    public static async Task<KestrelServer> StartAsync(Func<HttpContext, Task> answer, bool https = false)
    {
        var server = new KestrelServer(answer, https);
        await server._application.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Secure(ListenOptions listen, bool https)
    {
        if (https)
        {
            listen.UseHttps(SelfSigned.Certificate);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        _received.Enqueue(new ReceivedRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.Authorization.ToString(),
            await body.ReadToEndAsync()));
        await _answer(context);
    }
}
