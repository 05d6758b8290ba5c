using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Pat.Client.Tests;

namespace TaskCli.Tests;

/// <summary>A server that is not Taskboard, for answers that Taskboard gives only in trouble.</summary>
internal sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StandInServer(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.Single());

    public static async Task<StandInServer> StartAsync(Func<HttpContext, Task> answer, bool https = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration()
            .ConfigureKestrel(static kestrel => kestrel.ConfigureHttpsDefaults(static tls => tls.ServerCertificate = SelfSigned.Certificate));
        var application = builder.Build();
        application.Urls.Add($"{(https ? "https" : "http")}://127.0.0.1:0");
        application.Run(new RequestDelegate(answer));
        await application.StartAsync();
        return new StandInServer(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
