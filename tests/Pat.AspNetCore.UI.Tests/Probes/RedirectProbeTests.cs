using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>No request makes a page send its reader to another host.</summary>
public sealed class RedirectProbeTests
{
    private static readonly string[] Elsewhere = ["https://probe.example/", "//probe.example/", "/\\probe.example", "https:probe.example"];

    private static readonly string[] Parameters = ["ReturnUrl", "returnUrl", "return", "next", "redirect", "redirect_uri", "url", "to", "RedirectUri"];

    [Fact]
    public async Task Not_by_a_parameter_of_the_address_or_the_form()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        using var nobody = app.Open();
        foreach (var address in Elsewhere)
        {
            var query = string.Join('&', Parameters.Select(name => $"{name}={Uri.EscapeDataString(address)}"));
            foreach (var form in Probe.Forms)
            {
                var token = (await app.CreateTokenAsync()).Token!;
                var path = Probe.PathOf(form, token.Id);
                var page = await browser.GetAsync($"{path}?{query}");
                Probe.AssertInert(page);
                using var content = new FormUrlEncodedContent(
                    FormFields.Of(page.PostForm, [("name", "laptop"), ("scopes", "read"), .. Parameters.Select(name => (name, (string?)address))]));

                AssertStays(app, await browser.SendAsync(HttpMethod.Post, $"{path}?{query}", content));
                AssertStays(app, await nobody.GetAsync($"{path}?{query}"));
            }
        }
    }

    [Fact]
    public async Task Not_by_the_host_or_what_a_proxy_would_say_of_it()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        foreach (var header in new[] { "Host", "X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "Referer", "Origin" })
        {
            var token = (await app.CreateTokenAsync()).Token!;
            var path = Probe.PathOf("/{0}/revoke", token.Id);
            var value = header.EndsWith("Host", StringComparison.Ordinal) ? "probe.example" : "http://probe.example/";
            var page = await browser.GetAsync(path, (header, value));
            Probe.AssertInert(page);
            using var content = new FormUrlEncodedContent(FormFields.Of(page.PostForm));

            var answer = await browser.SendAsync(HttpMethod.Post, path, content, (header, value));

            Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
            AssertStays(app, answer);
        }
    }

    [Fact]
    public async Task Not_by_a_path_that_begins_as_the_request_likes()
    {
        string[] tenants =
        [
            "%2Fprobe.example", "%5Cprobe.example", "%5C%5Cprobe.example", "%2F%2Fprobe.example", "%09%2Fprobe.example",
            "%0D%0ALocation:%20https:%2F%2Fprobe.example",
        ];
        await using var app = await PageApp.StartAsync(new()
        {
            Map = static app => app.MapGroup("/{tenant}").MapPersonalAccessTokensUI("/tokens"),
        });
        using var browser = await app.SignInAsync();
        foreach (var tenant in tenants)
        {
            var path = $"/{tenant}/tokens/{PersonalAccessTokenFormat.FormatId((await app.CreateTokenAsync()).Token!.Id)}/revoke";
            var page = await browser.GetAsync(path);
            AssertStays(app, page);
            if (page.Status == HttpStatusCode.OK)
            {
                Probe.AssertInert(page);
                using var content = new FormUrlEncodedContent(FormFields.Of(page.PostForm));
                AssertStays(app, await browser.SendAsync(HttpMethod.Post, path, content));
            }
        }
    }

    /// <summary>Nowhere, or to this host.</summary>
    private static void AssertStays(PageApp app, WebPage answer)
    {
        if (answer.Header("Location") is not { } location)
        {
            return;
        }

        // The cookie scheme names its sign-in page by a whole address.
        Assert.Equal(app.Address.Authority, new Uri(app.Address, location).Authority);
        if (!location.StartsWith(app.Address.ToString(), StringComparison.Ordinal))
        {
            Probe.AssertHere(location);
        }
    }
}
