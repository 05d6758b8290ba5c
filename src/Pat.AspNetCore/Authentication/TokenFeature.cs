using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace Pat.AspNetCore;

/// <summary>
/// What became of the token that a request carries. While a request has one, it is judged as that token's and as
/// nothing else, whatever its principal looks like. It never changes, so that requests can share it.
/// </summary>
internal class TokenFeature
{
    public required TokenOutcome Outcome { get; init; }

    /// <summary>The scheme that judged it.</summary>
    public required string Scheme { get; init; }

    /// <summary>The token's state, if it was accepted.</summary>
    public TokenState? State { get; init; }

    /// <summary>Whether it was accepted for its secret before the last rotation.</summary>
    public bool IsPreviousSecret { get; init; }

    /// <summary>What a caller who holds the secret of a refused token may be told, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>How long to wait where its address is turned away.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>What is known of the token of a request, or null. Asked by the key: the generic way costs twice as much.</summary>
    public static TokenFeature? Of(HttpContext context) => (TokenFeature?)context.Features[typeof(TokenFeature)];

    /// <summary>Says what is known of a request's token, and where it is a hub's, keeps that for connections that outlast the request.</summary>
    public static void Set(HttpContext context, TokenFeature? feature)
    {
        context.Features[typeof(TokenFeature)] = feature;
        if (context.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>() is not null)
        {
            context.Items[typeof(TokenFeature)] = feature;
        }
    }

    /// <summary>What was known of the token of a hub's request that this one is a copy of, or null.</summary>
    public static TokenFeature? KeptOf(HttpContext context) => (TokenFeature?)context.Items[typeof(TokenFeature)];
}
