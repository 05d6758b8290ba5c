using System.Net;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>Markup in whatever a page shows again is text.</summary>
public sealed class MarkupProbeTests
{
    [Fact]
    public async Task In_a_token_it_is_text_on_every_page_about_it()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        foreach (var markup in Probe.Markup)
        {
            await AssertIsTextAsync(app, browser, markup);
        }
    }

    [Fact]
    public async Task In_an_address_it_is_text_or_nothing()
    {
        string[] names = ["search", "status", "sort", "page", "saved", "revoked", "all-revoked", "name", "scopes", "expires", "date", "overlap", "typed"];
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        using var browser = await app.SignInAsync();
        foreach (var value in Probe.Markup.Select(Uri.EscapeDataString))
        {
            var all = string.Join('&', names.Select(name => $"{name}={value}"));
            foreach (var path in Probe.Forms.Select(form => Probe.PathOf(form, token.Id)).Append(PageApp.Path))
            {
                var page = await browser.GetAsync($"{path}?{all}");

                Assert.Equal(HttpStatusCode.OK, page.Status);
                Probe.AssertInert(page);
            }

            Probe.AssertInert(await browser.GetAsync($"{PageApp.Path}?search={value}"));
            Probe.AssertInert(await browser.GetAsync($"{PageApp.Path}/{value}/edit"));
        }
    }

    [Fact]
    public async Task In_a_field_that_comes_back_it_is_text_or_nothing()
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        using var browser = await app.SignInAsync();
        foreach (var (form, markup) in from form in Probe.Forms from markup in Probe.Markup select (form, markup))
        {
            var page = await browser.GetAsync(Probe.PathOf(form, token.Id));
            foreach (var fields in new (string, string?)[][]
            {
                [("__RequestVerificationToken", "x"), ("name", markup), ("scopes", markup), ("expires", markup), ("date", markup), ("overlap", markup)],
                [("name", markup + new string('x', 100)), ("scopes", markup), ("expires", "date"), ("date", markup), ("version", markup), ("id", markup)],
            })
            {
                Probe.AssertInert(await browser.SubmitAsync(page, fields));
            }
        }
    }

    [Fact]
    public async Task In_what_the_application_says_of_a_scope_it_is_text()
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Tokens = options => Probe.Markup.Index().ToList().ForEach(markup => options.AddScope($"probe{markup.Index}", markup.Item)),
        });
        using var browser = await app.SignInAsync();

        var form = await browser.GetAsync($"{PageApp.Path}/new");

        Probe.AssertInert(form);
        Assert.All(Probe.Markup, markup => Assert.Contains(WebPage.Squeeze(markup), form.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_the_request_makes_up_is_text_in_the_line_with_curl()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync($"{PageApp.Path}/new");
        using var content = new FormUrlEncodedContent(FormFields.Of(form.PostForm, ("name", "laptop"), ("scopes", "read")));

        var page = await browser.SendAsync(HttpMethod.Post, $"{PageApp.Path}/new", content, ("Host", "probe.example:81"));

        Assert.NotNull(page.Value);
        Probe.AssertInert(page);
    }

    private static async Task AssertIsTextAsync(PageApp app, Browser browser, string markup)
    {
        var made = await browser.SubmitAsync($"{PageApp.Path}/new", ("name", markup), ("scopes", "read"));
        var token = (await app.TokensAsync()).Single(token => token.Name == markup);
        var list = await browser.GetAsync($"{PageApp.Path}?search={PersonalAccessTokenFormat.FormatId(token.Id)}");
        List<WebPage> pages = [made, list];
        foreach (var form in Probe.Forms)
        {
            pages.Add(await browser.GetAsync(Probe.PathOf(form, token.Id)));
        }

        var edit = await browser.GetAsync(Probe.PathOf("/{0}/edit", token.Id));
        pages.Add(await browser.FollowAsync(await browser.SubmitAsync(edit, ("name", markup + "!"))));
        pages.Add(await browser.SubmitAsync(edit, ("name", "other")));
        pages.Add(await browser.SubmitAsync(Probe.PathOf("/{0}/rotate", token.Id)));
        var revocation = await browser.GetAsync(Probe.PathOf("/{0}/revoke", token.Id));
        pages.Add(await browser.FollowAsync(await browser.SubmitAsync(revocation)));
        pages.Add(await browser.GetAsync(Probe.PathOf("/{0}/edit", token.Id)));

        Assert.All(pages, Probe.AssertInert);
        Assert.Equal([markup], list.Names);

        // Told that it is saved, that it was changed, that it is revoked, and that it can't be changed any more.
        Assert.Equal(4, pages.Count(static page => page.Status == HttpStatusCode.Conflict || page.Notice.Length > 0));
    }
}
