using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Pat.Benchmarks;

/// <summary>What a <see cref="FloorHandler{TOptions}"/> answers to every request: one principal, or one failure.</summary>
internal sealed class FloorAnswer
{
    private const string Product = "Pat.AspNetCore";

    /// <summary>Who is authenticated, the same object for all requests; null where <see cref="Failure"/> is set.</summary>
    public ClaimsPrincipal? Principal { get; private init; }

    /// <summary>The result of every request, where it is no success: the same object for all requests.</summary>
    public Task<AuthenticateResult>? Failure { get; private init; }

    /// <summary>Which requests are refused in place of that, or null.</summary>
    public Func<HttpContext, bool>? Refuses { get; private init; }

    /// <summary>The value of the challenge's header.</summary>
    public StringValues Challenge { get; private init; } = "Bearer";

    /// <summary>
    /// What the product's own handler would leave with the request, made once. With it and the product's own principal,
    /// authorization goes the same way above the floor as above the product: the floor stands for the handler alone.
    /// </summary>
    public ReadOnlyMemory<KeyValuePair<Type, object>> Features { get; private init; }

    /// <summary>
    /// Answers as the product answered <paramref name="context"/>, which it has just dealt with: with that request's own
    /// principal, all of whose claims are made now.
    /// </summary>
    public static FloorAnswer Of(HttpContext context)
    {
        // An identity of the product makes a claim when it is first handed out.
        foreach (var _ in context.User.Claims)
        {
        }

        return Of(
            context,
            context.User,
            [.. context.Features.Where(feature => feature.Value.GetType().Assembly.GetName().Name == Product)]);
    }

    /// <summary>
    /// Answers as the product answered <paramref name="context"/>, in an application without the product: with an ordinary
    /// principal of the same claims.
    /// </summary>
    public static FloorAnswer OutsideOf(HttpContext context) => Of(context, Copy(context.User), []);

    /// <summary>The same, but for requests that are refused.</summary>
    public FloorAnswer Refusing(Func<HttpContext, bool> refuses) =>
        new() { Principal = Principal, Failure = Failure, Refuses = refuses, Challenge = Challenge, Features = Features };

    private static FloorAnswer Of(HttpContext context, ClaimsPrincipal principal, KeyValuePair<Type, object>[] features)
    {
        var isAccepted = context.User.Identity?.IsAuthenticated == true;
        var isRefused = context.Response.Headers.WWWAuthenticate.ToString().Contains("error", StringComparison.Ordinal);
        return new FloorAnswer
        {
            Principal = isAccepted ? principal : null,
            Failure = isAccepted
                ? null
                : Task.FromResult(isRefused ? AuthenticateResult.Fail("The token was refused.") : AuthenticateResult.NoResult()),
            Challenge = context.Response.Headers.WWWAuthenticate.ToString(),
            Features = features,
        };
    }

    private static ClaimsPrincipal Copy(ClaimsPrincipal principal)
    {
        var identity = (ClaimsIdentity)principal.Identity!;
        return new ClaimsPrincipal(new ClaimsIdentity(
            identity.Claims, identity.AuthenticationType, identity.NameClaimType, identity.RoleClaimType));
    }
}
