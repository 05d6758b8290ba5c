using System.Text.Json.Nodes;

namespace Pat.AspNetCore.Tests;

/// <summary>Markup in an answer of the management API is no markup to whoever takes the JSON for a page.</summary>
public sealed class MarkupProbeTests
{
    private const string Markup = "</script><img src=x onerror=\"probe()\">'&";

    [Fact]
    public async Task In_a_token_it_is_escaped_and_in_a_refusal_it_is_JSON_to_every_browser()
    {
        await using var app = await Management.StartAsync(tokens: static options => options.AddScope("probe", Markup));
        var cookie = await app.SignInAsync();
        var good = new JsonObject { ["name"] = Markup, ["scopes"] = new JsonArray("read"), ["expiresInDays"] = 30 };
        using var created = await app.CreateAsync(cookie, good.ToJsonString());
        var id = (await created.ObjectAsync()).Text("id");
        HttpResponseMessage[] answers =
        [
            created,
            await app.GetAsync(Management.Path, cookie: cookie),
            await app.GetAsync($"{Management.Path}/{id}", cookie: cookie),
            await app.EditAsync(cookie, id, new JsonObject { ["name"] = Markup + "!" }.ToJsonString()),
            await app.CreateAsync(cookie, new JsonObject { [Markup] = Markup, ["name"] = new string('<', 200) }.ToJsonString()),
            await app.EditAsync(cookie, id, new JsonObject { ["scopes"] = new JsonArray(Markup), ["expiresAt"] = Markup }.ToJsonString()),
            await app.GetAsync($"{Management.Path}?{Uri.EscapeDataString(Markup)}=1&sort={Uri.EscapeDataString(Markup)}&status={Uri.EscapeDataString(Markup)}", cookie: cookie),
            await app.GetAsync($"{Management.Path}/{Uri.EscapeDataString(Markup)}", cookie: cookie),
        ];

        foreach (var answer in answers)
        {
            await AssertInertAsync(answer);
            answer.Dispose();
        }
    }

    [Fact]
    public async Task So_it_is_in_what_a_token_is_told_of_itself_and_in_the_reason_for_its_end()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var good = new JsonObject { ["name"] = Markup, ["scopes"] = new JsonArray("read"), ["expiresInDays"] = 30 };
        var created = await app.CreatedAsync(cookie, good.ToJsonString());
        using var self = await app.GetAsync(Management.Path + "/self", created.Text("token"));
        Assert.True(PersonalAccessTokenFormat.TryParseId(created.Text("id"), out var id));
        await app.Manager.RevokeAsync(id, Markup);

        using var list = await app.GetAsync(Management.Path, cookie: cookie);
        using var one = await app.GetAsync($"{Management.Path}/{created.Text("id")}", cookie: cookie);

        Assert.Equal(Markup, (await self.ObjectAsync()).Text("name"));
        Assert.Equal(Markup, (await one.ObjectAsync()).Text("revokedReason"));
        Assert.Equal(Markup, (await list.ObjectAsync())["items"]![0]!["revokedReason"]!.GetValue<string>());
        foreach (var answer in new[] { self, list, one })
        {
            Assert.True(answer.IsSuccessStatusCode);
            await AssertInertAsync(answer);
        }
    }

    private static async Task AssertInertAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.NotEmpty(body);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        if (answer.IsSuccessStatusCode)
        {
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            Assert.DoesNotContain('<', body);
            Assert.DoesNotContain('&', body);
            Assert.DoesNotContain('\'', body);
        }
        else
        {
            // How much of markup is escaped in problem details is the application's to set.
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }
}
