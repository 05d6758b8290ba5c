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

            answer.Dispose();
        }
    }
}
