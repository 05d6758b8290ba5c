using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Pat;
using Pat.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>States what endpoints ask of personal access tokens. An endpoint that states nothing takes none.</summary>
public static class PersonalAccessTokenEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Opens endpoints to tokens that hold all of <paramref name="scopes"/>. Signed-in users pass: scopes limit tokens.
    /// Statements on groups and endpoints add up.
    /// </summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="scopes">At least one. One that the application does not know stops its start.</param>
    /// <returns>The same.</returns>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
        {
            throw new ArgumentException("Name at least one scope, or call AllowAnyToken().", nameof(scopes));
        }

        // Only what an endpoint states itself takes the place of RequireScopeByMethod; what a group states adds to it.
        var isOwn = builder is RouteHandlerBuilder or HubEndpointConventionBuilder;
        return builder.WithMetadata([.. scopes.Select(object (scope) =>
            isOwn ? new RequireScopeAttribute(scope) : new TokenAccessMetadata(PersonalAccessTokenPolicies.For(scope)))]);
    }

    /// <summary>Opens endpoints to every usable token, whatever its scopes. It loosens nothing that is stated beside it.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <returns>The same.</returns>
    public static TBuilder AllowAnyToken<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AllowAnyTokenAttribute());

    /// <summary>
    /// Opens the endpoints of a group that state no scope themselves to tokens: GET, HEAD and OPTIONS ask for <c>read</c>,
    /// everything else for <c>write</c>, by the request's own method. An endpoint states its own by <c>RequireScope</c>;
    /// what groups state, what policies hold and <c>AllowAnyToken</c> take nothing from it. A
    /// WebSocket asks for <c>write</c>. A hub states its own: under this it stops the start, for its requests' methods say nothing of what is called.
    /// </summary>
    /// <param name="builder">The group.</param>
    /// <returns>The same.</returns>
    public static TBuilder RequireScopeByMethod<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Finally(static endpoint =>
        {
            if (!endpoint.Metadata.Any(IsOwn))
            {
                endpoint.Metadata.Add(new TokenAccessMetadata(PersonalAccessTokenPolicies.ScopeByMethod));
            }
        });
        return builder;
    }

    /// <summary>
    /// Closes endpoints to tokens, whatever groups and policies state. It asks for nothing itself: who else may call them is
    /// for the rest to say. <c>RequireExplicitTokenAccess()</c> asks for a statement of all endpoints, this one or a scope.
    /// </summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <returns>The same.</returns>
    public static TBuilder RefuseTokens<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RefuseTokensAttribute());

    /// <summary>
    /// Aborts requests to endpoints that go on for long (WebSockets, server-sent events, streams, gRPC) within
    /// <see cref="PersonalAccessTokenOptions.MaxStaleness"/> of the moment from which their token would not be accepted any more:
    /// revoked, expired, rotated, with fewer scopes. Hubs do so without it.
    /// </summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <returns>The same.</returns>
    public static TBuilder AbortWhenRefused<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(static endpoint =>
        {
            if (endpoint.RequestDelegate is { } answer)
            {
                endpoint.RequestDelegate = context => AnswerUntilRefusedAsync(context, answer);
            }
        });
        return builder;
    }

    private static async Task AnswerUntilRefusedAsync(HttpContext context, RequestDelegate answer)
    {
        using var aborting = context.GetPersonalAccessToken()?.Ended.UnsafeRegister(static context => ((HttpContext)context!).Abort(), context);
        await answer(context);
    }

    private static bool IsOwn(object metadata) =>
        metadata is RequireScopeAttribute
        || (metadata is TokenAccessMetadata { Policy: { } policy }
            && !policy.StartsWith(PersonalAccessTokenPolicies.ScopePrefix, StringComparison.Ordinal));
}
