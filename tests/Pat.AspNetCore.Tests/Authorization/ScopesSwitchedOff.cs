using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Applications with an endpoint that states a scope and is open to everybody.</summary>
internal static class ScopesSwitchedOff
{
    public static void AddServices(WebApplicationBuilder builder, string kind)
    {
        builder.Services.AddSignalR();
        OnlyControllers.Add(kind == "action" ? typeof(OpenActionController) : typeof(ScopedController))(builder);
    }

    public static void Map(WebApplication app, string kind)
    {
        switch (kind)
        {
            case "endpoint":
                app.MapGet("/off", Answers.Who).AllowAnonymous().RequireScope("read");
                break;

            case "endpoint in an open group":
                app.MapGroup("/off").AllowAnonymous().MapGet("/one", Answers.Who).RequireScope("read");
                break;

            case "group in an open group":
                app.MapGroup("/off").AllowAnonymous().MapGroup("/group").RequireScope("read").MapGet("/one", Answers.Who);
                break;

            case "handler":
                app.MapGet("/off", [RequireScope("read")] () => "").AllowAnonymous();
                break;

            case "hub":
                app.MapHub<OffHub>("/off/hub").AllowAnonymous();
                break;

            case "action":
                app.MapControllers();
                break;

            default:
                app.MapControllers().AllowAnonymous();
                break;
        }
    }

    [RequireScope("read")]
    private sealed class OffHub : Hub;

    private sealed class OpenActionController : ControllerBase
    {
        [RequireScope("read"), AllowAnonymous, HttpGet("/off")]
        public string Off() => Answers.Who(HttpContext);
    }

    [RequireScope("read")]
    private sealed class ScopedController : ControllerBase
    {
        [HttpGet("/off")]
        public string Off() => Answers.Who(HttpContext);
    }
}
