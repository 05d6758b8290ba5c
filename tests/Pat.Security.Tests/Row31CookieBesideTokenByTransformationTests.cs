using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row31CookieBesideTokenTests"/>, for claims transformations: one can take from a token's principal, and never gives the token more.</summary>
public sealed class Row31CookieBesideTokenByTransformationTests
{
    public static TheoryData<string> Transformations => new(Transformation.Kinds.Keys.Except(["none"]));

    [Theory]
    [MemberData(nameof(Transformations))]
    public async Task Row_31_A_read_token_never_writes_whatever_becomes_of_its_principal(string kind)
    {
        await using var app = await StartAsync(kind);
        var token = await app.CreateTokenAsync("read");
        var cookie = await app.SignInAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await app.PostAsync("/things", token).StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.PostAsync("/things", token, cookie).StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.PostAsync("/method", token, cookie).StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync("/api/auth/access_tokens/", token, cookie).StatusAsync());
        Assert.Equal("False", await app.GetAsync("/by-hand?context", token).TextAsync());
    }

    [Theory]
    [InlineData("keeps all", HttpStatusCode.OK)]
    [InlineData("keeps pat_id alone", HttpStatusCode.OK)]
    [InlineData("adds claims without authenticating", HttpStatusCode.OK)]
    [InlineData("drops pat_id", HttpStatusCode.Forbidden)]
    [InlineData("becomes a session", HttpStatusCode.Forbidden)]
    [InlineData("adds an identity", HttpStatusCode.Forbidden)]
    [InlineData("takes another token's id", HttpStatusCode.Forbidden)]
    public async Task Row_31_A_transformation_must_keep_pat_id(string kind, HttpStatusCode expected)
    {
        await using var app = await StartAsync(kind);

        Assert.Equal(expected, await app.GetAsync("/read", await app.CreateTokenAsync("read")).StatusAsync());
    }

    [Theory]
    [InlineData("none", "read", "False")]
    [InlineData("none", "write", "True")]
    [InlineData("keeps all", "read", "False")]
    [InlineData("keeps all", "write", "True")]
    [InlineData("keeps pat_id alone", "read", "False")]
    [InlineData("keeps pat_id alone", "write", "False")]
    [InlineData("adds scopes", "read", "False")]
    public async Task Row_31_A_check_without_the_context_goes_by_the_claims(string kind, string scope, string expected)
    {
        await using var app = await StartAsync(kind);

        Assert.Equal(expected, await app.GetAsync("/by-hand", await app.CreateTokenAsync(scope)).TextAsync());
    }

    [Theory]
    [InlineData("none", "read", "False")]
    [InlineData("none", "write", "True")]
    [InlineData("keeps pat_id alone", "write", "True")]
    [InlineData("adds scopes", "read", "False")]
    public async Task Row_31_A_check_with_the_context_goes_by_the_token(string kind, string scope, string expected)
    {
        await using var app = await StartAsync(kind);

        Assert.Equal(expected, await app.GetAsync("/by-hand?context", await app.CreateTokenAsync(scope)).TextAsync());
    }

    [Fact]
    public async Task Row_31_A_check_by_hand_lets_sessions_pass()
    {
        await using var app = await StartAsync("none");

        Assert.Equal("True", await app.GetAsync("/by-hand", cookie: await app.SignInAsync()).TextAsync());
        Assert.Equal("True", await app.GetAsync("/by-hand?context", cookie: await app.SignInAsync()).TextAsync());
    }

    [Fact]
    public async Task Row_31_A_transformation_runs_once_for_a_principal()
    {
        await using var app = await StartAsync("adds claims without authenticating");
        var transformation = (Transformation)app.Services.GetRequiredService<IClaimsTransformation>();

        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/read", await app.CreateTokenAsync("read")).StatusAsync());

        Assert.Equal(1, transformation.Runs);
    }

    private static Task<TestApp> StartAsync(string kind) => TestApp.StartAsync(
        services: builder => builder.Services.AddSingleton<IClaimsTransformation>(new Transformation(kind)),
        pipeline: app =>
        {
            app.UseAuthentication();
            app.Use(CheckByHandAsync);
            app.UseAuthorization();
        },
        map: app =>
        {
            app.MapGet("/read", Answers.Who).RequireScope("read");
            app.MapGet("/by-hand", Answers.Who).RequireScope("read");
            app.MapPost("/things", Answers.Who).RequireScope("write");
            app.MapPost("/method", Answers.Who).RequireScopeByMethod();
            app.MapPersonalAccessTokens();
        });

    /// <summary>Before the middleware of authorization, so that it sees what that one would refuse.</summary>
    private static async Task CheckByHandAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/by-hand")
        {
            await next(context);
            return;
        }

        var result = await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(
            context.User, context.Request.Query.ContainsKey("context") ? context : null, PersonalAccessTokenPolicies.Write);
        await context.Response.WriteAsync(result.Succeeded.ToString());
    }

    private sealed class Transformation(string kind) : IClaimsTransformation
    {
        public static readonly Dictionary<string, Func<ClaimsPrincipal, ClaimsPrincipal>> Kinds = new()
        {
            ["none"] = principal => principal,
            ["keeps all"] = principal => new(new ClaimsIdentity(principal.Claims, "Custom")),
            ["keeps pat_id alone"] = principal => new(new ClaimsIdentity(
                principal.Claims.Where(claim => claim.Type is ClaimTypes.NameIdentifier or PersonalAccessTokenClaimTypes.TokenId), "Custom")),
            ["drops pat_id"] = principal => new(new ClaimsIdentity(
                principal.Claims.Where(claim => claim.Type != PersonalAccessTokenClaimTypes.TokenId), principal.Identity!.AuthenticationType)),
            ["becomes a session"] = principal => new(new ClaimsIdentity([principal.FindFirst(ClaimTypes.NameIdentifier)!], "Cookies")),
            ["adds scopes"] = principal => Add(principal, new ClaimsIdentity(
                [new Claim(PersonalAccessTokenClaimTypes.Scope, "write")])),
            ["adds an identity"] = principal => Add(principal, new ClaimsIdentity([new Claim(ClaimTypes.Role, "admin")], "Custom")),
            ["adds claims without authenticating"] = principal => Add(principal, new ClaimsIdentity([new Claim(ClaimTypes.Role, "admin")])),
            ["takes another token's id"] = _ => new(new ClaimsIdentity(
                [new Claim(PersonalAccessTokenClaimTypes.TokenId, new string('0', 22)), new Claim("scope", "write")], "Custom")),
        };

        private int _runs;

        public int Runs => _runs;

        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            Interlocked.Increment(ref _runs);
            return Task.FromResult(principal.HasClaim(claim => claim.Type == PersonalAccessTokenClaimTypes.TokenId)
                ? Kinds[kind](principal)
                : principal);
        }

        private static ClaimsPrincipal Add(ClaimsPrincipal principal, ClaimsIdentity identity)
        {
            principal.AddIdentity(identity);
            return principal;
        }
    }
}
