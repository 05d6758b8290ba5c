using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pat.Benchmarks;

/// <summary>
/// The application that all contenders authenticate: the endpoint that is measured reads the user's id and does nothing
/// else. Another one tells it, so that a contender that knows nobody is found out.
/// </summary>
internal static class BenchmarkedApplication
{
    public const string Path = "/";

    /// <summary>Where the user's id is told, under the same protection.</summary>
    public const string UserPath = "/user";

    /// <summary>The status where there is a user.</summary>
    public const int Authenticated = StatusCodes.Status200OK;

    /// <summary>The status where there is none.</summary>
    public const int Anonymous = StatusCodes.Status204NoContent;

    /// <param name="contender">What authenticates.</param>
    /// <param name="host">Sets the server.</param>
    public static WebApplication Build(IContender contender, Action<IWebHostBuilder> host)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);

        // Keys at rest are not what is measured.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddDataProtection().PersistKeysToFileSystem(TemporaryDirectory.Of("keys"));
        host(builder.WebHost);
        contender.AddServices(builder.Services);

        var application = builder.Build();
        application.UseRouting();
        application.UseAuthentication();
        application.UseAuthorization();
        var userId = contender.UserIdClaim;
        contender.Protect(application.MapGet(Path, context => ReadUser(context, userId)));
        contender.Protect(application.MapGet(
            UserPath, context => context.Response.WriteAsync(context.User.FindFirst(userId)?.Value ?? "")));
        return application;
    }

    private static Task ReadUser(HttpContext context, string userId)
    {
        context.Response.StatusCode =
            context.User.FindFirst(userId) is null ? Anonymous : Authenticated;
        return Task.CompletedTask;
    }
}
