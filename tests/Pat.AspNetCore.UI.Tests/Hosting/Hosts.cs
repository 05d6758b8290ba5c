using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>What each kind of application adds, maps and shows the page in.</summary>
internal static class Hosts
{
    /// <summary>As the documentation has it.</summary>
    public const string View = "~/Views/Account/Tokens.cshtml";

    private const string PagesView = "~/Pages/Account/Tokens.cshtml";

    public static TheoryData<HostKind> All => new(Enum.GetValues<HostKind>());

    /// <summary>What stands in the layout of each kind of application, and in no page of ours.</summary>
    public const string LayoutMark = "The application's own header";

    public static void AddServices(HostKind kind, IServiceCollection services)
    {
        switch (kind)
        {
            case HostKind.Mvc:
                services.AddControllersWithViews();
                break;

            case HostKind.RazorPages:
                services.AddRazorPages();
                break;

            case HostKind.Blazor:
                services.AddRazorComponents();
                services.AddCascadingAuthenticationState();
                break;
        }
    }

    public static void Dress(HostKind kind, PersonalAccessTokenUIOptions options)
    {
        if (kind is HostKind.Mvc or HostKind.RazorPages)
        {
            options.View = kind == HostKind.Mvc ? View : PagesView;
        }
        else if (kind == HostKind.Blazor)
        {
            options.Layout = typeof(Components.HostLayout);
        }
    }

    public static void Map(HostKind kind, WebApplication app)
    {
        switch (kind)
        {
            case HostKind.Mvc:
                app.MapDefaultControllerRoute();
                break;

            case HostKind.RazorPages:
                app.MapRazorPages();
                break;

            case HostKind.Blazor:
                app.MapRazorComponents<Components.App>();
                break;
        }

        app.MapGet("/api/hello", () => "hello").AllowAnonymous();
    }
}
