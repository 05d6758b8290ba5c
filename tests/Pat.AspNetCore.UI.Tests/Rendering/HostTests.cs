using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore.UI.Tests;

public sealed class HostTests
{
    public static TheoryData<HostKind> Kinds => Hosts.All;

    public static TheoryData<HostKind, bool> KindsAndOrders
    {
        get
        {
            var data = new TheoryData<HostKind, bool>();
            foreach (var kind in Enum.GetValues<HostKind>())
            {
                data.Add(kind, true);
                data.Add(kind, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndOrders))]
    public async Task A_token_is_made_in_any_kind_of_application_whatever_is_mapped_first(HostKind kind, bool mapsPageFirst)
    {
        await using var app = await PageApp.StartAsync(new() { Host = kind, MapsPageFirst = mapsPageFirst });

        await AssertWorksAsync(app, PageApp.Path);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_application_s_layout_is_around_the_page_and_knows_its_title(HostKind kind)
    {
        await using var app = await PageApp.StartAsync(new() { Host = kind });
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(PageApp.Path);

        Assert.Equal(kind != HostKind.MinimalApi, page.Document.Body!.TextContent.Contains(Hosts.LayoutMark, StringComparison.Ordinal));
        Assert.StartsWith("Personal access tokens", page.Document.Title, StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll("html"));
        Assert.Single(page.Document.QuerySelectorAll("h1"));
    }

    [Fact]
    public async Task A_link_in_a_layout_of_pages_leads_where_it_leads_from_a_page()
    {
        await using var app = await PageApp.StartAsync(new() { Host = HostKind.RazorPages });
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{PageApp.Path}/new");

        Assert.Equal("/", page.Document.QuerySelector("#home")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_component_layout_knows_the_user_and_the_address()
    {
        await using var app = await PageApp.StartAsync(new() { Host = HostKind.Blazor });
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{PageApp.Path}/new");

        Assert.DoesNotContain("nobody", page.Html, StringComparison.Ordinal);
        Assert.EndsWith($"{PageApp.Path}/new", page.Document.QuerySelector("#here")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Antiforgery_in_the_pipeline_changes_nothing(HostKind kind)
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Host = kind,
            Pipeline = app =>
            {
                PageApp.UsualPipeline(app);
                app.UseAntiforgery();
            },
        });

        await AssertWorksAsync(app, PageApp.Path);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_works_under_a_path_base(HostKind kind)
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Host = kind,
            Pipeline = app =>
            {
                app.UsePathBase("/a pp");
                app.UseRouting();
                PageApp.UsualPipeline(app);
                app.UseAntiforgery();
            },
        });

        await AssertWorksAsync(app, "/a%20pp" + PageApp.Path);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_works_in_a_group_with_parameters_of_any_name(HostKind kind)
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Host = kind,
            Map = app => app.MapGroup("/{tenant}/{id}").MapPersonalAccessTokensUI("security/"),
        });

        await AssertWorksAsync(app, "/ac%20me/7%2F8/security");
    }

    [Fact]
    public async Task It_works_at_the_root()
    {
        await using var app = await PageApp.StartAsync(new() { Path = "/" });

        await AssertWorksAsync(app, "/");
    }

    [Fact]
    public async Task It_works_with_a_slash_at_the_end()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{PageApp.Path}/new/");

        Assert.Equal($"{PageApp.Path}/new", page.PostForm.GetAttribute("action"));
    }

    [Fact]
    public async Task It_stands_at_several_places()
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Map = app =>
            {
                app.MapPersonalAccessTokensUI("/one");
                app.MapPersonalAccessTokensUI("/two");
            },
        });

        await AssertWorksAsync(app, "/one");
        await AssertWorksAsync(app, "/two");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Style_sheet_and_script_are_for_everybody_and_for_ever(HostKind kind)
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Host = kind,
            Services = builder => builder.Services.AddAuthorizationBuilder()
                .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim("nobody").Build()),
        });
        using var user = await app.SignInAsync();
        using var nobody = app.Open();
        var page = await user.GetAsync(PageApp.Path);

        foreach (var (selector, attribute, type) in new[] { ("link[rel=stylesheet]", "href", "text/css; charset=utf-8"), ("script", "src", "text/javascript; charset=utf-8") })
        {
            var path = page.Body.QuerySelector(selector)!.GetAttribute(attribute)!;
            var file = await nobody.GetAsync(path);

            Assert.Equal(HttpStatusCode.OK, file.Status);
            Assert.StartsWith(PageApp.Path + "/pat.", path, StringComparison.Ordinal);
            Assert.Equal(type, file.Header("Content-Type"));
            Assert.Equal("public, max-age=31536000, immutable", file.Header("Cache-Control"));
            Assert.Equal("nosniff", file.Header("X-Content-Type-Options"));
            Assert.False(file.Headers.ContainsKey("Set-Cookie"));
        }
    }

    [Fact]
    public async Task The_page_keeps_to_a_default_policy_that_asks_for_more()
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Services = builder => builder.Services.AddAuthorizationBuilder()
                .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim("mfa", "yes").Build()),
        });
        using var weak = await app.SignInAsync();
        using var strong = await app.SignInAsync(claims: "mfa:yes");

        Assert.Equal(HttpStatusCode.Found, (await weak.GetAsync(PageApp.Path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await strong.GetAsync(PageApp.Path)).Status);
    }

    [Fact]
    public async Task A_convention_on_what_was_mapped_holds_for_the_pages()
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Map = app => app.MapPersonalAccessTokensUI(PageApp.Path).RequireAuthorization(policy => policy.RequireClaim("mfa")),
        });
        using var weak = await app.SignInAsync();
        using var strong = await app.SignInAsync(claims: "mfa:yes");

        Assert.Equal(HttpStatusCode.Found, (await weak.GetAsync(PageApp.Path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await strong.GetAsync(PageApp.Path)).Status);
    }

    [Fact]
    public async Task Status_code_pages_leave_our_own_words_alone()
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Pipeline = app =>
            {
                app.UseStatusCodePagesWithReExecute("/api/hello");
                PageApp.UsualPipeline(app);
            },
        });
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{PageApp.Path}/0000000000000000000001/edit");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("No such token", page.Title);
    }

    [Fact]
    public async Task A_message_that_another_page_left_is_shown_once()
    {
        await using var app = await PageApp.StartAsync(new() { Host = HostKind.Mvc });
        using var browser = await app.SignInAsync();
        await browser.GetAsync("/home/leave");

        var first = await browser.GetAsync(PageApp.Path);
        var second = await browser.GetAsync(PageApp.Path);

        Assert.Contains("Welcome back", first.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Welcome back", second.Html, StringComparison.Ordinal);
    }

    /// <summary>The list, a token made, changed and revoked, and nothing to complain of.</summary>
    private static async Task AssertWorksAsync(PageApp app, string path)
    {
        using var browser = await app.SignInAsync();
        var list = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, list.Status);

        var created = await browser.SubmitAsync(list.Link("New token"), ("name", "laptop"), ("scopes", "read"));
        Assert.Equal(HttpStatusCode.OK, created.Status);
        var verification = await app.Manager.VerifyAsync(created.Value!);
        Assert.NotNull(verification.Token);

        var after = await browser.GetAsync(created.Link("I have stored it"));
        var edited = await browser.SubmitAsync(after.Link("Edit"), ("name", "desktop"));
        var saved = await browser.FollowAsync(edited);
        Assert.Equal("“desktop” is saved.", saved.Notice);

        var revoked = await browser.FollowAsync(await browser.SubmitAsync(saved.Link("Revoke")));
        Assert.Equal("“desktop” is revoked. It no longer works.", revoked.Notice);
        await app.Manager.RevokeAllAsync(PageApp.Alice);
        Assert.DoesNotContain(app.Logs.GetSnapshot(), entry => entry.Level >= LogLevel.Error);
        Assert.DoesNotContain(app.Logs.GetSnapshot(), entry => entry.Category?.Contains("Antiforgery", StringComparison.Ordinal) == true && entry.Level >= LogLevel.Warning);
    }
}
