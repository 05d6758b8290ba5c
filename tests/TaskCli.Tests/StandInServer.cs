using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TaskCli.Tests;

/// <summary>A server that is not the task tracker, for answers that the tracker gives only in trouble.</summary>
internal sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StandInServer(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.Single());

    public static async Task<StandInServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.Run(new RequestDelegate(answer));
        await application.StartAsync();
        return new StandInServer(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
