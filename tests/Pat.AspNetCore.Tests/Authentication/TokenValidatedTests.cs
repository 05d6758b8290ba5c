using System.Net;
using System.Security.Claims;

namespace Pat.AspNetCore.Tests;

public sealed class TokenValidatedTests
{
    [Fact]
    public async Task A_claim_that_is_added_reaches_the_endpoint()
    {
        await using var app = await StartAsync(context => ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("tenant", "7")));

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        Assert.Contains("tenant=7", await response.ClaimsAsync());
    }

    [Fact]
    public async Task It_is_told_the_token_and_what_the_principal_is()
    {
        PersonalAccessTokenValidatedContext? seen = null;
        await using var app = await StartAsync(context => seen = context);
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);

        using var response = await app.GetAsync(UsualEndpoints.Read, created.Value);

        Assert.NotNull(seen);
        Assert.Equal(created.Token!.Id, seen.Token.Id);
        Assert.Null(seen.Owner);
        Assert.Equal(TestApp.Alice, seen.Principal!.FindFirstValue(ClaimTypes.NameIdentifier));
        Assert.Equal(PersonalAccessTokenDefaults.AuthenticationScheme, seen.Scheme.Name);
    }

    [Fact]
    public async Task A_principal_that_keeps_the_tokens_id_takes_the_place_of_ours()
    {
        await using var app = await StartAsync(context =>
        {
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity(
                [new Claim("pat_id", PersonalAccessTokenFormat.FormatId(context.Token.Id)), new Claim("sub", "somebody")], "own"));
            context.Success();
        });

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        Assert.Contains("sub=somebody", await response.ClaimsAsync());
    }

    [Fact]
    public async Task A_principal_in_the_place_of_ours_gains_no_scope()
    {
        await using var app = await StartAsync(context => context.Principal = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim("pat_id", PersonalAccessTokenFormat.FormatId(context.Token.Id)), new Claim("scope", "write")], "own")));

        using var response = await app.PostAsync(UsualEndpoints.Write, await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(["Bearer error=\"insufficient_scope\", scope=\"write\""], response.Challenges());
    }

    [Fact]
    public async Task A_principal_without_the_tokens_id_is_let_in_nowhere()
    {
        await using var app = await StartAsync(context =>
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "somebody")], "own")));

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("fail")]
    [InlineData("none")]
    public async Task A_token_that_the_application_does_not_want_is_invalid_and_no_cookie_takes_its_place(string result)
    {
        await using var app = await StartAsync(context =>
        {
            if (result == "fail")
            {
                context.Fail("Not today.");
            }
            else
            {
                context.NoResult();
            }
        });

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"), await app.SignInAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal([Answers.Refused], response.Challenges());
    }

    [Fact]
    public async Task Success_says_what_would_be_said_anyway()
    {
        await using var app = await StartAsync(context => context.Success());

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task It_is_called_once_a_request_however_often_the_request_is_authenticated()
    {
        var calls = 0;
        await using var app = await StartAsync(_ => Interlocked.Increment(ref calls));

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, calls);
    }

    private static Task<TestApp> StartAsync(Action<PersonalAccessTokenValidatedContext> validated) =>
        TestApp.StartAsync(UsualEndpoints.Map, scheme: scheme => scheme.Events!.OnTokenValidated = context =>
        {
            validated(context);
            return Task.CompletedTask;
        });
}
