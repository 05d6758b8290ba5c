using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.UI;

/// <summary>Finds everything that is wrong with how the page is to look, each with its cure.</summary>
internal sealed class PersonalAccessTokenUIOptionsValidator(IServiceProvider services) : IValidateOptions<PersonalAccessTokenUIOptions>
{
    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenUIOptions options)
    {
        var faults = FindFaults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> FindFaults(PersonalAccessTokenUIOptions options)
    {
        if (options is { Layout: not null, View: not null })
        {
            yield return "The settings page has a Layout and a View: set one of them.";
        }

        if (options.Layout is { } layout && !(typeof(LayoutComponentBase).IsAssignableFrom(layout) && layout is { IsAbstract: false, ContainsGenericParameters: false }))
        {
            yield return $"The settings page's Layout {layout} is no component layout: derive it from LayoutComponentBase, or set View to a Razor view.";
        }

        if (options.View is { } view && !IsPath(view))
        {
            yield return $"The settings page's View '{view}' is no path of a view: give it from the application's root, as ~/Views/Account/Tokens.cshtml.";
        }
        else if (options.View is { } path && services.GetService<ICompositeViewEngine>()?.GetView(null, path, isMainPage: true).Success == false)
        {
            yield return $"The settings page's View '{path}' is not there: add the view, or correct the path.";
        }

        if (options.View is not null && services.GetService<IActionResultExecutor<ViewResult>>() is null)
        {
            yield return "The settings page's View needs Razor views: call AddRazorPages() or AddControllersWithViews(), or set Layout to a component.";
        }

        if (options.SoonPeriod < TimeSpan.FromHours(1) || options.SoonPeriod > TimeSpan.FromDays(365))
        {
            yield return $"SoonPeriod is {options.SoonPeriod}; set it between 1 hour and 365 days.";
        }

        if (options.ExampleUrl is { } url && !IsHttp(url) && !(url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal)))
        {
            yield return $"ExampleUrl '{url}' is neither an http address nor a path of this application that begins with a slash.";
        }
    }

    private static bool IsPath(string view) => view.StartsWith("~/", StringComparison.Ordinal) && view.EndsWith(".cshtml", StringComparison.Ordinal);

    private static bool IsHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
