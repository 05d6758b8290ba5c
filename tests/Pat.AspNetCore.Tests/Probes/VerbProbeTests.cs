using System.Net;

namespace Pat.AspNetCore.Tests;

/// <summary>Each route does what it does by its own method, and no header or parameter makes it another.</summary>
public sealed class VerbProbeTests
{
    private static readonly string[] All = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "COPY", "QUERY", "PROBE"];

    private static readonly string[] Overrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    private static readonly string[] Changing = ["POST", "PATCH", "DELETE"];

    [Fact]
    public async Task A_method_that_a_route_has_not_is_405_and_does_nothing()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var token = (await app.CreateTokenAsync(TestApp.Alice, ["read"])).Token!;
        var routes = SessionRoutes.All(PersonalAccessTokenFormat.FormatId(token.Id));
        foreach (var path in routes.Select(static route => route.Path).Distinct())
        {
            foreach (var method in All.Except(routes.Where(route => route.Path == path).Select(static route => route.Method.Method)))
            {
                using var content = method is "HEAD" or "TRACE" or "GET" ? null : Management.Json(Management.Good);
                using var response = await app.SendAsync(new HttpMethod(method), path, cookie, content);

                Assert.Equal((method, HttpStatusCode.MethodNotAllowed), (method, response.StatusCode));
            }
        }

        await AssertUntouchedAsync(app, token);
    }

    [Fact]
    public async Task No_header_and_no_parameter_makes_a_reading_a_change()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var token = (await app.CreateTokenAsync(TestApp.Alice, ["read"])).Token!;
        var id = PersonalAccessTokenFormat.FormatId(token.Id);
        foreach (var (header, method) in from header in Overrides from method in Changing select (header, method))
        {
            using var all = await app.SendAsync(HttpMethod.Get, Management.Path, cookie, null, (header, method));
            using var one = await app.SendAsync(HttpMethod.Get, $"{Management.Path}/{id}?_method={method}", cookie, null, (header, method));

            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (all.StatusCode, one.StatusCode));
        }

        await AssertUntouchedAsync(app, token);
    }

    [Fact]
    public async Task What_a_token_asks_about_itself_is_405_by_another_method_and_does_nothing()
    {
        await using var app = await SelfRotations.StartAsync();
        var token = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        foreach (var path in SelfRoutes.All.Select(static route => route.Path).Distinct())
        {
            foreach (var method in All.Except(SelfRoutes.All.Where(route => route.Path == path).Select(static route => route.Method.Method)))
            {
                using var content = method is "HEAD" or "TRACE" or "GET" ? null : Management.Json(Management.Good);
                using var response = await app.SendAsync(new HttpMethod(method), path, token.Value, content: content);

                // An edit of the token with the id "self" it could be, and no token edits any.
                var expected = (method, path) is ("PATCH", SelfRoutes.Path) ? HttpStatusCode.Forbidden : HttpStatusCode.MethodNotAllowed;
                Assert.Equal((method, path, expected), (method, path, response.StatusCode));
            }
        }

        await AssertUntouchedAsync(app, token.Token!);
    }

    [Fact]
    public async Task No_header_and_no_parameter_makes_it_end_or_rotate_itself()
    {
        await using var app = await SelfRotations.StartAsync();
        var token = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        foreach (var (header, method) in from header in Overrides from method in Changing select (header, method))
        {
            (string, string)[] headers = [("Authorization", $"Bearer {token.Value}"), (header, method)];
            using var self = await app.SendAsync(HttpMethod.Get, $"{SelfRoutes.Path}?_method={method}", null, null, headers);
            using var rotation = await app.SendAsync(HttpMethod.Get, $"{SelfRoutes.Path}/rotate?_method={method}", null, null, headers);

            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.MethodNotAllowed), (self.StatusCode, rotation.StatusCode));
        }

        await AssertUntouchedAsync(app, token.Token!);
    }

    private static async Task AssertUntouchedAsync(TestApp app, PersonalAccessToken token)
    {
        Assert.Equal(1, await app.CountAsync());
        var after = (await app.Manager.FindAsync(token.Id))!;
        Assert.Equal((token.Name, token.Version, token.RevokedAt, token.SecretHash), (after.Name, after.Version, after.RevokedAt, after.SecretHash));
    }
}
