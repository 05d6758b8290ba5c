using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Benchmarks;

/// <summary>An application whose requests come from this process, without a network and without the host's own work for each.</summary>
internal sealed class PipelineApplication : IAsyncDisposable
{
    private readonly RequestFeatures _features = new(BenchmarkedApplication.Path);
    private readonly WebApplication _application;
    private readonly IHttpContextFactory _contexts;
    private readonly RequestDelegate _pipeline;

    private PipelineApplication(WebApplication application, RequestDelegate pipeline)
    {
        _application = application;
        _pipeline = pipeline;
        _contexts = application.Services.GetRequiredService<IHttpContextFactory>();
    }

    public IServiceProvider Services => _application.Services;

    /// <summary>Whether a request did not end on the thread that it began on, since this was last set to false.</summary>
    public bool HasWaited { get; set; }

    /// <param name="contender">What authenticates.</param>
    /// <param name="authorization">The bearer value of all requests, or null for one that the contender issues.</param>
    public static async Task<PipelineApplication> StartAsync(IContender contender, string? authorization = null)
    {
        var capture = new PipelineCapture();
        var application = BenchmarkedApplication.Build(contender, host => host.ConfigureServices(services =>
        {
            services.AddSingleton<IServer, NoServer>();
            services.AddSingleton<IStartupFilter>(capture);
        }));
        await contender.PrepareAsync(application.Services);
        var issued = await contender.IssueAsync(application.Services, 1);
        await application.StartAsync();
        var started = new PipelineApplication(application, capture.Pipeline);
        started._features.Headers.Authorization = $"Bearer {authorization ?? issued[0]}";
        return started;
    }

    /// <summary>Sends a request and waits for its end.</summary>
    /// <returns>The status.</returns>
    public int Send()
    {
        var request = SendAsync(static _ => 0);
        if (!request.IsCompleted)
        {
            HasWaited = true;
        }

        request.GetAwaiter().GetResult();
        return _features.Response.StatusCode;
    }

    /// <summary>Sends a request and reads something from its context while that lives.</summary>
    public Task<T> SendAsync<T>(Func<HttpContext, T> read)
    {
        _features.Reset();
        return SendAsync(_features, read);
    }

    /// <summary>Sends a request with a bearer value of its own; others can be under way at the same time.</summary>
    /// <returns>The status.</returns>
    public Task<int> PresentAsync(string authorization)
    {
        var features = new RequestFeatures(BenchmarkedApplication.Path);
        features.Headers.Authorization = $"Bearer {authorization}";
        return SendAsync(features, static context => context.Response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task<T> SendAsync<T>(RequestFeatures features, Func<HttpContext, T> read)
    {
        var context = _contexts.Create(features);
        await _pipeline(context);
        var result = read(context);
        await features.Response.CompleteAsync();
        _contexts.Dispose(context);
        return result;
    }
}
