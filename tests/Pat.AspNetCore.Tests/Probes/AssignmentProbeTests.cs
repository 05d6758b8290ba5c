using System.Net;

namespace Pat.AspNetCore.Tests;

/// <summary>Whose tokens a request is about is said by its session, wherever else it says something of the kind. Members of bodies: Row 6.</summary>
public sealed class AssignmentProbeTests
{
    private static readonly string[] Names = ["ownerId", "owner", "userId", "user", "sub", "OwnerId", "as", "impersonate"];

    [Fact]
    public async Task Not_by_its_address_nor_by_a_header()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var bobs = PersonalAccessTokenFormat.FormatId((await app.CreateTokenAsync(TestApp.Bob, ["read"])).Token!.Id);
        var query = string.Join('&', Names.Select(static name => $"{name}={TestApp.Bob}"));
        (string, string)[] headers = [.. Names.Select(static name => ($"X-{name}", TestApp.Bob)), ("X-Forwarded-User", TestApp.Bob), ("Remote-User", TestApp.Bob)];

        foreach (var route in SessionRoutes.All(bobs))
        {
            using var byAddress = await app.SendAsync((route.Method, $"{route.Path}?{query}", route.Body, route.CanWiden), cookie);
            using var byHeader = await app.SendAsync(route, cookie, headers);

            foreach (var answer in new[] { byAddress, byHeader })
            {
                Assert.DoesNotContain(bobs, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }

            Assert.True(byAddress.StatusCode is not HttpStatusCode.InternalServerError, $"{route}");
        }

        var token = Assert.Single((await app.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = TestApp.Bob })).Items);
        Assert.Equal((1L, null), (token.Version, token.RevokedAt));
    }

    [Fact]
    public async Task A_rotation_says_nothing_of_the_token_but_its_secret_and_its_end()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var token = (await app.CreateTokenAsync(TestApp.Alice, ["read"])).Token!;
        foreach (var member in new[] { "ownerId", "id", "name", "scopes", "secretHash", "secretTag", "token", "createdAt", "revokedAt", "version" })
        {
            using var response = await app.RotateAsync(cookie, PersonalAccessTokenFormat.FormatId(token.Id), $$"""{ "{{member}}": "probe" }""");

            Assert.Equal([member], await response.ErrorsAsync());
        }

        Assert.Equal(1, (await app.Manager.FindAsync(token.Id))!.Version);
    }

    [Fact]
    public async Task A_member_that_is_there_twice_is_refused()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();

        using var response = await app.CreateAsync(cookie, """{ "name": "laptop", "scopes": ["read"], "scopes": ["write"], "expiresInDays": 30 }""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, await app.CountAsync());
    }
}
