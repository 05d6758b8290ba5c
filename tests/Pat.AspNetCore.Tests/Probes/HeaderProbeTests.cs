using System.Net;

namespace Pat.AspNetCore.Tests;

/// <summary>What an answer of the management API is, whoever asks and from wherever: JSON, kept by nobody, for no other site, at no other host.</summary>
public sealed class HeaderProbeTests
{
    private static readonly (string Name, string Value)[] FromElsewhere =
    [
        ("X-Forwarded-Host", "probe.example"), ("X-Forwarded-Prefix", "//probe.example"), ("X-Original-URL", "//probe.example/"),
        ("X-Rewrite-URL", "//probe.example/"), ("Referer", "https://probe.example/"),
    ];

    [Fact]
    public async Task It_is_JSON_or_nothing_and_is_not_kept()
    {
        await using var app = await Management.StartAsync();
        foreach (var cookie in new[] { null, await app.SignInAsync() })
        {
            foreach (var id in new[] { SessionRoutes.UnknownId, PersonalAccessTokenFormat.FormatId((await app.CreateTokenAsync(TestApp.Alice, ["read"])).Token!.Id) })
            {
                foreach (var route in SessionRoutes.All(id))
                {
                    using var response = await app.SendAsync(route, cookie, FromElsewhere);

                    await AssertJsonThatIsNotKeptAsync(response);
                }
            }
        }
    }

    [Fact]
    public async Task So_it_is_where_a_token_asks_about_itself()
    {
        await using var app = await SelfRotations.StartAsync();
        var cookie = ("Cookie", await app.SignInAsync());
        foreach (var route in SelfRoutes.All)
        {
            var token = Bearer(await app.CreateTokenAsync("read"));
            foreach (var (caller, isAllowed) in new[] { (("Accept", "*/*"), false), (cookie, false), (Bearer(TokenValues.OfUnknownId()), false), (token, true) })
            {
                using var response = await app.SendAsync(route, cookie: null, [caller, .. FromElsewhere]);

                Assert.Equal(isAllowed, response.IsSuccessStatusCode);
                await AssertJsonThatIsNotKeptAsync(response);
            }
        }
    }

    [Fact]
    public async Task Another_site_s_browser_is_given_leave_for_nothing()
    {
        await using var app = await SelfRotations.StartAsync();
        var cookie = await app.SignInAsync();
        foreach (var route in SessionRoutes.All().Concat(SelfRoutes.All))
        {
            var caller = route.Path.StartsWith(SelfRoutes.Path, StringComparison.Ordinal) ? Bearer(await app.CreateTokenAsync("read")) : ("Cookie", cookie);
            using var preflight = await app.SendAsync(HttpMethod.Options, route.Path, null, null, [
                caller, ("Origin", "https://probe.example"), ("Access-Control-Request-Method", route.Method.Method),
                ("Access-Control-Request-Headers", "content-type,authorization")]);
            using var itself = await app.SendAsync(route, null, caller, ("Origin", "https://probe.example"));

            Assert.Equal(HttpStatusCode.MethodNotAllowed, preflight.StatusCode);
            Assert.All(new[] { preflight, itself }, static response => Assert.DoesNotContain(
                response.Headers, static header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Fact]
    public async Task Where_a_new_token_is_does_not_follow_the_host_that_the_request_names()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();

        using var response = await app.SendAsync(
            HttpMethod.Post, Management.Path, cookie, Management.Json(Management.Good), [("Host", "probe.example"), .. FromElsewhere]);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.StartsWith($"{Management.Path}/", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private static (string Name, string Value) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static async Task AssertJsonThatIsNotKeptAsync(HttpResponseMessage response)
    {
        response.AssertUnstored();
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains(response.Content.Headers.ContentType?.MediaType, new[] { "application/json", "application/problem+json", null });
        Assert.DoesNotContain(response.Headers, header =>
            header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) || header.Key is "Set-Cookie" or "X-Powered-By");
        Assert.False(response.StatusCode is >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest, $"{response.StatusCode}");
        var body = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("probe.example", $"{response.Headers} {body}", StringComparison.Ordinal);
    }
}
