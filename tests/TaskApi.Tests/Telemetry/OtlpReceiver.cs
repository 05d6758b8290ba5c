using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TaskApi.Tests;

/// <summary>What a collector hears by OTLP over HTTP (http/protobuf): the texts in it are plain in the bytes.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string ContentType, string Body)> _received = new();
    private readonly WebApplication _server;

    private OtlpReceiver(WebApplication server) => _server = server;

    public string Address => _server.Urls.Single();

    public IReadOnlyCollection<(string Path, string ContentType, string Body)> Received => _received;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new OtlpReceiver(builder.Build());
        receiver._server.MapPost("/{**path}", receiver.ReceiveAsync);
        await receiver._server.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.Latin1);
        _received.Enqueue((request.Path, request.ContentType ?? "", await reader.ReadToEndAsync()));
        return Results.Bytes([], "application/x-protobuf");
    }
}
