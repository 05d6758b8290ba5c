using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pat.EntityFrameworkCore;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementSelfTests
{
    private const string Self = Management.Path + "/self";

    [Fact]
    public async Task A_token_shows_itself_with_its_entity_tag()
    {
        await using var app = await Management.StartAsync();
        var created = await app.CreatedAsync(await app.SignInAsync());

        using var response = await app.GetAsync(Self, created.Text("token"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
        Assert.Equal(created.Text("id"), (await response.ObjectAsync()).Text("id"));
        response.AssertUnstored();
    }

    [Fact]
    public async Task A_token_without_any_scope_shows_itself_still()
    {
        await using var app = await Management.StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await using (var context = await app.Services
            .GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync())
        {
            (await context.Set<PersonalAccessToken>().SingleAsync()).Scopes = [];
            await context.SaveChangesAsync();
        }

        using var response = await app.GetAsync(Self, created.Value);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty((await response.ObjectAsync())["scopes"]!.AsArray());
    }

    [Fact]
    public async Task A_token_revokes_itself_and_no_other()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var (one, other) = (await app.CreatedAsync(cookie), await app.CreatedAsync(cookie));

        using var revoked = await app.SendAsync(HttpMethod.Delete, Self, one.Text("token"));
        using var again = await app.SendAsync(HttpMethod.Delete, Self, one.Text("token"));
        using var others = await app.GetAsync(Self, other.Text("token"));

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        revoked.AssertUnstored();
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task A_cookie_is_403_and_nobody_401_with_a_challenge(string method)
    {
        await using var app = await Management.StartAsync();

        using var cookie = await app.SendAsync(new HttpMethod(method), Self, cookie: await app.SignInAsync());
        using var nobody = await app.SendAsync(new HttpMethod(method), Self);
        using var refused = await app.SendAsync(new HttpMethod(method), Self, token: "pat_x");

        await cookie.ProblemAsync(HttpStatusCode.Forbidden);
        await nobody.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", nobody.Headers.WwwAuthenticate.ToString());
        await refused.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Contains("error=\"invalid_token\"", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_beside_the_token_is_not_looked_at()
    {
        await using var app = await Management.StartAsync();
        var created = await app.CreatedAsync(await app.SignInAsync());
        var bob = await app.SignInAsync(TestApp.Bob);

        using var response = await app.GetAsync(Self, created.Text("token"), bob);

        Assert.Equal(created.Text("id"), (await response.ObjectAsync()).Text("id"));
    }

    [Fact]
    public async Task A_read_token_revokes_itself_in_a_group_that_asks_for_scopes_by_method()
    {
        await using var app = await Management.StartAsync(app => app.MapGroup("").RequireScopeByMethod().MapPersonalAccessTokens());

        using var response = await app.SendAsync(HttpMethod.Delete, Self, await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }
}
