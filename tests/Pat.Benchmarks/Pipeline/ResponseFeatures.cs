using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pat.Benchmarks;

/// <summary>A response that goes nowhere, and whose end is told to those who asked for it: the request's services wait for that.</summary>
internal sealed class ResponseFeatures : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _onStarting = [];
    private readonly Stack<(Func<object, Task> Callback, object State)> _onCompleted = [];

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body { get; set; } = Stream.Null;

    public bool HasStarted { get; private set; }

    public Stream Stream => Body;

    public PipeWriter Writer { get; } = PipeWriter.Create(Stream.Null);

    public void OnStarting(Func<object, Task> callback, object state) => _onStarting.Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _onCompleted.Push((callback, state));

    /// <summary>Ends the response.</summary>
    public async Task CompleteAsync()
    {
        await StartAsync();
        while (_onCompleted.TryPop(out var waiting))
        {
            await waiting.Callback(waiting.State);
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        HasStarted = true;
        while (_onStarting.TryPop(out var waiting))
        {
            await waiting.Callback(waiting.State);
        }
    }

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The endpoint sends no file.");

    public void Reset()
    {
        StatusCode = StatusCodes.Status200OK;
        Headers.Clear();
        HasStarted = false;
    }
}
