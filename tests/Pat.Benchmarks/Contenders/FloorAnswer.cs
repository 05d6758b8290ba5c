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

    /// <summary>The value of the challenge's header.</summary>
    public StringValues Challenge { get; private init; } = "Bearer";

    /// <summary>
    /// What the product's own handler would leave with the request, made once: so that authorization goes the same way
    /// above the floor as above the product.
    /// </summary>
    public ReadOnlyMemory<KeyValuePair<Type, object>> Features { get; private init; }

    /// <summary>Answers as the product answered <paramref name="context"/>, which it has just dealt with.</summary>
    public static FloorAnswer Of(HttpContext context) => Of(
        context,
        [.. context.Features.Where(feature => feature.Value.GetType().Assembly.GetName().Name == Product)]);

    /// <summary>Answers as the product answered <paramref name="context"/>, in an application without the product.</summary>
    public static FloorAnswer OutsideOf(HttpContext context) => Of(context, []);

    private static FloorAnswer Of(HttpContext context, KeyValuePair<Type, object>[] features)
    {
        var isAccepted = context.User.Identity?.IsAuthenticated == true;
        var isRefused = context.Response.Headers.WWWAuthenticate.ToString().Contains("error", StringComparison.Ordinal);
        return new FloorAnswer
        {
            Principal = isAccepted ? Copy(context.User) : null,
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
