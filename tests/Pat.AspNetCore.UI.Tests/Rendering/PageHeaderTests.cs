using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pat.AspNetCore.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

public sealed class PageHeaderTests
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

    public static TheoryData<string> Pages => new(EveryPage.All);

    public static TheoryData<HostKind> Layouts => new(HostKind.Mvc, HostKind.RazorPages, HostKind.Blazor);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_is_stored_framed_or_guessed_at(string page)
    {
        await using var app = await PageApp.StartAsync(EveryPage.Settings());

        var answer = await EveryPage.ShowAsync(app, page);

        Assert.Equal("no-cache, no-store", answer.Header("Cache-Control"));
        Assert.Equal("no-cache", answer.Header("Pragma"));
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", answer.Header("Referrer-Policy"));
        Assert.Equal($"{Policy}; form-action 'self'", answer.Header("Content-Security-Policy"));
        Assert.Equal("text/html; charset=utf-8", answer.Header("Content-Type"));
        Assert.DoesNotContain(app.Logs.GetSnapshot(), entry =>
            entry.Level >= LogLevel.Warning && entry.Category!.Contains("Antiforgery", StringComparison.Ordinal)
            && !entry.Message.Contains("could not be decrypted", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_has_anything_inline_or_from_another_host(string page)
    {
        await using var app = await PageApp.StartAsync(EveryPage.Settings());

        var answer = await EveryPage.ShowAsync(app, page);

        Assert.Empty(answer.Document.QuerySelectorAll("style, iframe, object, embed, base, img, video, audio"));
        Assert.Empty(answer.Document.QuerySelectorAll("script:not([src])"));
        foreach (var attribute in answer.Document.All.SelectMany(element => element.Attributes))
        {
            Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), $"{attribute.OwnerElement!.OuterHtml} runs a script.");
            Assert.NotEqual("style", attribute.Name, StringComparer.OrdinalIgnoreCase);
            if (attribute.Name is "src" or "href" or "action" or "formaction")
            {
                Assert.True(
                    attribute.Value == "data:," || (attribute.Value.StartsWith('/') && !attribute.Value.StartsWith("//", StringComparison.Ordinal)),
                    $"{attribute.Value} is elsewhere.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task In_an_application_s_layout_the_only_policy_of_ours_is_against_framing(HostKind kind)
    {
        await using var app = await PageApp.StartAsync(new() { Host = kind });
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(PageApp.Path);

        Assert.Equal("frame-ancestors 'none'", page.Header("Content-Security-Policy"));
        Assert.Equal("DENY", page.Header("X-Frame-Options"));
        Assert.Equal("no-cache, no-store", page.Header("Cache-Control"));
        Assert.Equal("no-cache", page.Header("Pragma"));
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.DoesNotContain(app.Logs.GetSnapshot(), entry =>
            entry.Level >= LogLevel.Warning && entry.Category!.Contains("Antiforgery", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_policy_of_the_application_stays_and_ours_stands_beside_it(HostKind kind)
    {
        await using var app = await StartWithPolicyAsync(kind, "default-src 'self'");
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(PageApp.Path);

        Assert.Equal(["default-src 'self'", "frame-ancestors 'none'"], page.Headers["Content-Security-Policy"]);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Nothing_is_added_where_the_application_says_who_may_frame_it(HostKind kind)
    {
        await using var app = await StartWithPolicyAsync(kind, "default-src 'self'; Frame-Ancestors 'self' https://portal.example");
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(PageApp.Path);

        Assert.Equal(["default-src 'self'; Frame-Ancestors 'self' https://portal.example"], page.Headers["Content-Security-Policy"]);
        Assert.NotEqual("DENY", page.Header("X-Frame-Options"));
    }

    [Theory]
    [InlineData("challenge scheme")]
    [InlineData("forwarded challenge")]
    [InlineData("policy scheme")]
    public async Task Where_one_signs_in_elsewhere_a_form_may_be_sent_on_to_there(string way)
    {
        await using var app = await PageApp.StartAsync(new() { Authentication = authentication => SignInElsewhere(authentication, way) });
        using var nobody = app.Open();
        using var browser = await app.SignInAsync();

        var sentAway = await nobody.GetAsync(PageApp.Path);
        var page = await browser.GetAsync(PageApp.Path);

        Assert.Equal("https://elsewhere.example/", sentAway.Header("Location"));
        Assert.Equal(Policy, page.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task Blazor_s_script_is_not_to_put_a_page_into_the_one_before_it()
    {
        await using var app = await PageApp.StartAsync(new() { Host = HostKind.Blazor });
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(PageApp.Path, ("Accept", "text/html; blazor-enhanced-nav=on"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.False(page.Headers.ContainsKey("blazor-enhanced-nav"));
    }

    private static void SignInElsewhere(AuthenticationBuilder authentication, string way)
    {
        const string Cookies = CookieAuthenticationDefaults.AuthenticationScheme;
        authentication.Services.AddAuthentication(options =>
        {
            options.DefaultScheme = way == "policy scheme" ? way : Cookies;
            options.DefaultChallengeScheme = way == "challenge scheme" ? RemoteProvider.Name : null;
            options.DefaultSignInScheme = Cookies;
        });
        authentication.AddCookie(options => options.ForwardChallenge = way == "forwarded challenge" ? RemoteProvider.Name : null);
        authentication.AddRemoteScheme<RemoteAuthenticationOptions, RemoteProvider>(
            RemoteProvider.Name, null, options => options.CallbackPath = "/back");
        if (way == "policy scheme")
        {
            authentication.AddPolicyScheme(way, null, options =>
            {
                options.ForwardAuthenticate = Cookies;
                options.ForwardChallenge = RemoteProvider.Name;
            });
        }
    }

    private static Task<PageApp> StartWithPolicyAsync(HostKind kind, string policy) => PageApp.StartAsync(new()
    {
        Host = kind,
        Pipeline = app =>
        {
            app.Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = policy;
                return next(context);
            });
            PageApp.UsualPipeline(app);
            app.UseAntiforgery();
        },
    });
}
