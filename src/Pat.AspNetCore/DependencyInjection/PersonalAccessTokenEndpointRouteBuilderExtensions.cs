using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Pat.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the management API of personal access tokens.</summary>
public static class PersonalAccessTokenEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the API by which signed-in users manage their tokens, closed to tokens themselves but for <c>/self</c>, where
    /// a token shows and revokes itself, and rotates itself where that is allowed. It keeps to the application's default authorization policy.
    /// </summary>
    /// <param name="endpoints">The application or a group.</param>
    /// <param name="pattern">Where it is. Default: <c>/api/auth/access_tokens</c>.</param>
    /// <returns>A builder for further conventions on all its endpoints.</returns>
    /// <exception cref="InvalidOperationException"><c>AddPersonalAccessTokens</c> was not called.</exception>
    public static IEndpointConventionBuilder MapPersonalAccessTokens(
        this IEndpointRouteBuilder endpoints, string pattern = PersonalAccessTokenDefaults.ManagementPath)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = endpoints.ServiceProvider;
        var mappings = services.GetService<ManagementMappings>()
            ?? throw new InvalidOperationException(
                "There are no personal access tokens to manage. Add them: builder.Services.AddPersonalAccessTokens().");
        var options = services.GetRequiredService<IOptions<PersonalAccessTokenManagementOptions>>().Value;

        var all = endpoints.MapGroup(pattern)
            .AddEndpointFilter<RouteGroupBuilder, ManagementRequestRules>()
            .AddEndpointFilter<RouteGroupBuilder, ReceivedBody.First>()
            .WithMetadata(new UnstoredAnswers())
            .WithTags("Personal access tokens")
            .Refuses(StatusCodes.Status401Unauthorized, "Nobody is signed in, or the session or the token ended.")
            .Refuses(StatusCodes.Status403Forbidden, "The caller may not do this, or not in this way; detail says why.")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "The database does not answer. Look first whether a change was made.");

        // The default policy first: it may ask for more than a signed-in user. That a token will not do is ours to say, and
        // so is the answer to nobody, which for an API is no redirect, whatever the default scheme is.
        var session = all.MapGroup("")
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = PersonalAccessTokenDefaults.SelectorScheme })
            .WithMetadata(new TokenAccessMetadata(PersonalAccessTokenPolicies.SessionOnly))
            .AddEndpointFilter<RouteGroupBuilder, SessionRules>();
        var self = all.MapGroup("/self")
            .WithMetadata(new TokenAccessMetadata(PersonalAccessTokenPolicies.TokenOnly));

        var routes = new ManagementRoutes(mappings.NextSuffix());
        routes.MapAll(session);
        routes.MapOne(session);
        routes.MapSelf(self, options.AllowSelfRotation);
        return all;
    }

    /// <summary>
    /// Maps a page of JSON that says which endpoints take tokens, for which methods, and what a token needs there: for
    /// operators, closed to tokens.
    /// </summary>
    /// <param name="endpoints">The application or a group.</param>
    /// <param name="policy">The application's policy that its callers must meet, by name: it tells strangers where to look.</param>
    /// <param name="pattern">Where it is. Default: <c>/diagnostics/access_tokens</c>.</param>
    /// <exception cref="InvalidOperationException"><c>AddPersonalAccessTokens</c> was not called.</exception>
    public static IEndpointConventionBuilder MapPersonalAccessTokenDiagnostics(
        this IEndpointRouteBuilder endpoints, string policy, string pattern = PersonalAccessTokenDefaults.DiagnosticsPath)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(policy);
        ArgumentNullException.ThrowIfNull(pattern);
        var open = endpoints.ServiceProvider.GetService<OpenEndpoints>()
            ?? throw new InvalidOperationException(
                "There are no personal access tokens to tell of. Add them: builder.Services.AddPersonalAccessTokens().");
        return endpoints.MapGet(pattern, async (HttpContext context) =>
            {
                UnstoredAnswers.Mark(context.Response);
                return TypedResults.Json(await open.ListAsync(), ManagementJsonContext.Default.IReadOnlyListOpenEndpoint);
            })
            .RequireAuthorization(policy)
            .RefuseTokens()
            .WithMetadata(new UnstoredAnswers(), open)
            .ExcludeFromDescription();
    }
}
