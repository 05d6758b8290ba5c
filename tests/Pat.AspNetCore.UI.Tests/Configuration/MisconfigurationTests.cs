using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.UI.Tests;

public sealed class MisconfigurationTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "both", "a Layout and a View: set one of them." },
        { "no layout", "is no component layout: derive it from LayoutComponentBase, or set View to a Razor view." },
        { "abstract layout", "is no component layout: derive it from LayoutComponentBase, or set View to a Razor view." },
        { "view name", "'Tokens' is no path of a view: give it from the application's root, as ~/Views/Account/Tokens.cshtml." },
        { "view extension", "'~/Views/Account/Tokens' is no path of a view" },
        { "no views", "needs Razor views: call AddRazorPages() or AddControllersWithViews(), or set Layout to a component." },
        { "missing view", "'~/Views/Account/Token.cshtml' is not there: add the view, or correct the path." },
        { "soon too short", "SoonPeriod is 00:59:00; set it between 1 hour and 365 days." },
        { "soon too long", "SoonPeriod is 366.00:00:00; set it between 1 hour and 365 days." },
        { "example", "ExampleUrl 'api/tasks' is neither an http address nor a path of this application that begins with a slash." },
        { "example elsewhere", "ExampleUrl '//evil.example' is neither" },
        { "example scheme", "ExampleUrl 'javascript:alert(1)' is neither" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_stops_the_start_and_its_cure_is_told(string fault, string message)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => PageApp.StartAsync(new()
        {
            Host = fault is "missing view" or "both" ? HostKind.Mvc : HostKind.MinimalApi,
            UI = options => Break(options, fault),
        }));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_that_is_open_to_everybody_stops_the_start_and_its_cure_is_told(bool isByGroup)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => PageApp.StartAsync(new()
        {
            Map = app =>
            {
                if (isByGroup)
                {
                    app.MapGroup("/open").AllowAnonymous().MapPersonalAccessTokensUI("/tokens");
                }
                else
                {
                    app.MapPersonalAccessTokensUI("/open/tokens").AllowAnonymous();
                }
            },
        }));

        Assert.Contains(exception.Failures, failure => failure.Contains("/open/tokens/new", StringComparison.Ordinal));
        Assert.All(exception.Failures, failure =>
        {
            Assert.DoesNotContain("/open/tokens/pat.", failure, StringComparison.Ordinal);
            Assert.Contains("Take AllowAnonymous off the group around MapPersonalAccessTokens or MapPersonalAccessTokensUI", failure, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("/profile/security", "GET /profile/security/new")]
    [InlineData("/api/auth/access_tokens", "GET /api/auth/access_tokens")]
    public async Task A_page_at_a_path_that_is_taken_stops_the_start_and_its_cure_is_told(string path, string taken)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => PageApp.StartAsync(new()
        {
            Map = app =>
            {
                app.MapPersonalAccessTokens();
                app.MapPersonalAccessTokensUI("/profile/security");
                app.MapPersonalAccessTokensUI(path);
            },
        }));

        var fault = Assert.Single(exception.Failures);
        Assert.Contains(taken, fault, StringComparison.Ordinal);
        Assert.Contains("Call MapPersonalAccessTokens, MapPersonalAccessTokensUI", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => PageApp.StartAsync(new()
        {
            UI = options =>
            {
                Break(options, "no layout");
                Break(options, "soon too short");
                Break(options, "example");
            },
        }));

        Assert.Equal(3, exception.Failures.Count());
    }

    [Fact]
    public async Task A_page_that_was_not_added_says_what_to_call()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddPersonalAccessTokens();
        await using var app = builder.Build();

        var exception = Assert.Throws<InvalidOperationException>(() => app.MapPersonalAccessTokensUI("/profile/security"));

        Assert.Contains("AddPersonalAccessTokens().AddUI()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Added_twice_it_is_there_once_and_both_configurations_count()
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Services = builder => builder.Services.AddPersonalAccessTokens().AddUI(options => options.ExampleUrl = "/first"),
            UI = options => Assert.Equal("/first", options.ExampleUrl),
        });
        using var browser = await app.SignInAsync();

        Assert.Single((await browser.GetAsync(PageApp.Path)).Document.QuerySelectorAll(".pat"));
    }

    private static void Break(PersonalAccessTokenUIOptions options, string fault)
    {
        switch (fault)
        {
            case "both":
                options.Layout = typeof(Components.HostLayout);
                break;

            case "no layout":
                options.Layout = typeof(Components.Home);
                break;

            case "abstract layout":
                options.Layout = typeof(LayoutComponentBase);
                break;

            case "view name":
                options.View = "Tokens";
                break;

            case "view extension":
                options.View = "~/Views/Account/Tokens";
                break;

            case "no views":
                options.View = Hosts.View;
                break;

            case "missing view":
                options.View = "~/Views/Account/Token.cshtml";
                break;

            case "soon too short":
                options.SoonPeriod = TimeSpan.FromMinutes(59);
                break;

            case "soon too long":
                options.SoonPeriod = TimeSpan.FromDays(366);
                break;

            default:
                options.ExampleUrl = fault switch
                {
                    "example" => "api/tasks",
                    "example elsewhere" => "//evil.example",
                    _ => "javascript:alert(1)",
                };
                break;
        }
    }
}
