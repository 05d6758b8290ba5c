using System.Globalization;
using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Security.Tests;

/// <summary>
/// Row 32. One request's claims would leak into another's through a shared principal; this one is ours to prevent. Each request has a
/// principal of its own, over claims that are copied when they are first handed out.
/// </summary>
public sealed class Row32LeakingClaimsTests
{
    private const int Requests = 64;

    internal sealed record Marks(string[] Claims, string[] Properties, string[] Items, bool IsOwnSubject);

    [Fact]
    public async Task Row_32_what_one_request_adds_to_its_principal_no_other_request_sees()
    {
        var owners = TestOwners.AliceAndBob();
        var ownersClaim = new Claim("tenant", "7");
        owners.Set(TestApp.Alice, claims: ownersClaim);
        await using var app = await TestApp.StartAsync(
            web => web.MapGet("/marks", async (HttpContext context, ClaimsPrincipal user) => new Marks(
                [.. user.FindAll("mark").Select(claim => claim.Value)],
                [.. context.User.FindFirst("tenant")!.Properties.Select(property => property.Value)],
                [.. (await context.AuthenticateAsync(PersonalAccessTokenDefaults.AuthenticationScheme)).Properties!.Items.Keys
                    .Where(key => key.StartsWith("item-", StringComparison.Ordinal))],
                ReferenceEquals(context.User.FindFirst("tenant")!.Subject, context.User.Identity))).RequireScope("read"),
            scheme: scheme => scheme.Events!.OnTokenValidated = context =>
            {
                Mark(context.Principal!, "event-" + context.Request.Query["n"]);
                context.Properties.Items["item-" + context.Request.Query["n"]] = "";
                return Task.CompletedTask;
            },
            services: builder => builder.Services
                .AddHttpContextAccessor()
                .AddSingleton<IPersonalAccessTokenOwnerSource>(owners)
                .AddTransient<IClaimsTransformation, MarkingTransformation>());
        var token = await app.CreateTokenAsync("read");

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(async n =>
        {
            using var response = await app.GetAsync($"/marks?n={n}", token);
            return (await response.Content.ReadFromJsonAsync<Marks>())!;
        }));

        for (var n = 0; n < Requests; n++)
        {
            string[] own = [$"event-{n}", $"transformation-{n}"];
            Assert.Equal(own, answers[n].Claims.Order(StringComparer.Ordinal));
            Assert.Equal(own, answers[n].Properties.Order(StringComparer.Ordinal));
            Assert.Equal([$"item-{n}"], answers[n].Items);
            Assert.True(answers[n].IsOwnSubject);
        }

        Assert.Empty(ownersClaim.Properties);
    }

    [Fact]
    public async Task Row_32_what_a_handler_does_to_the_token_and_the_owner_it_is_told_stays_with_its_request()
    {
        var owners = TestOwners.AliceAndBob();
        owners.Set(TestApp.Alice, claims: [new Claim("tenant", "7"), new Claim("tenant", "8")]);
        await using var app = await TestApp.StartAsync(
            UsualEndpoints.Map,
            scheme: scheme => scheme.Events!.OnTokenValidated = context =>
            {
                var n = context.Request.Query["n"].ToString();
                if (n.Length > 0)
                {
                    Spoil(context, n);
                }

                return Task.CompletedTask;
            },
            services: builder => builder.Services.AddSingleton<IPersonalAccessTokenOwnerSource>(owners));
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var before = await app.GetAsync(UsualEndpoints.Read, created.Value);
        var (cached, state) = Cached(app, created.Token!.Id);
        var token = state.ToToken();

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(n => app.GetAsync($"{UsualEndpoints.Read}?n={n}", created.Value)));

        using var after = await app.GetAsync(UsualEndpoints.Read, created.Value);
        Assert.Equal(await before.ClaimsAsync(), await after.ClaimsAsync());
        Assert.Equal((cached, state), Cached(app, created.Token.Id));
        Assert.Equivalent(token, state.ToToken(), strict: true);
        Assert.Equal(["read"], state.Scopes);
        Assert.Equal(["read"], state.ToToken().Scopes);
        Assert.Equal(["7", "8"], state.Owner!.Claims.Select(claim => claim.Value));
        Assert.All(state.Owner.Claims, claim => Assert.Empty(claim.Properties));
        for (var n = 0; n < Requests; n++)
        {
            var claims = await answers[n].ClaimsAsync();
            Assert.Equal([$"mark={n}"], claims.Where(claim => claim.StartsWith("mark=", StringComparison.Ordinal)));
            Assert.Equal(["scope=read"], claims.Where(claim => claim.StartsWith("scope=", StringComparison.Ordinal)));
            answers[n].Dispose();
        }
    }

    private static (CachedToken Token, TokenState State) Cached(TestApp app, Guid id)
    {
        var token = app.Services.GetRequiredService<VerificationCache>().Find(id)!;
        return (token, token.State!);
    }

    /// <summary>Changes in place whatever can be.</summary>
    private static void Spoil(PersonalAccessTokenValidatedContext context, string mark)
    {
        ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("mark", mark));
        context.Principal.AddIdentity(new ClaimsIdentity());
        context.Token.Scopes.Add("write");
        context.Token.Name = mark;
        context.Token.RevokedAt = DateTimeOffset.MinValue;
        foreach (var claim in context.Owner!.Claims)
        {
            claim.Properties[mark] = mark;
        }

        if (context.Owner.Claims is IList<Claim> { IsReadOnly: false } claims)
        {
            claims[0] = new Claim("scope", "write");
        }
    }

    /// <summary>Adds a claim in place, and an entry to the properties of one that is there.</summary>
    private static void Mark(ClaimsPrincipal user, string mark)
    {
        ((ClaimsIdentity)user.Identity!).AddClaim(new Claim("mark", mark));
        user.FindFirst("tenant")!.Properties[mark] = mark;
    }

    private sealed class MarkingTransformation(IHttpContextAccessor accessor) : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            Mark(principal, string.Create(
                CultureInfo.InvariantCulture, $"transformation-{accessor.HttpContext!.Request.Query["n"]}"));
            return Task.FromResult(principal);
        }
    }
}
