using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
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
    /// a token shows or revokes itself. It keeps to the application's default authorization policy.
    /// </summary>
    /// <param name="endpoints">The application or a group.</param>
    /// <param name="pattern">Where it is. Default: <c>/api/auth/access_tokens</c>.</param>
    /// <returns>A builder for further conventions on all its endpoints.</returns>
    public static IEndpointConventionBuilder MapPersonalAccessTokens(
        this IEndpointRouteBuilder endpoints, string pattern = PersonalAccessTokenDefaults.ManagementPath)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var all = endpoints.MapGroup(pattern)
            .AddEndpointFilter<RouteGroupBuilder, ManagementRequestRules>()
            .WithMetadata(new UnstoredAnswers())
            .WithTags("Personal access tokens");

        // The default policy first: it may ask for more than a signed-in user. That a token will not do is ours to say, and
        // so is the answer to nobody, which for an API is no redirect, whatever the default scheme is.
        var session = all.MapGroup("")
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = PersonalAccessTokenDefaults.SelectorScheme })
            .WithMetadata(new TokenAccessMetadata(PersonalAccessTokenPolicies.SessionOnly))
            .AddEndpointFilter<RouteGroupBuilder, SessionRules>();
        session.MapGet("/", ([FromServices] ManagementEndpoints api, HttpContext context) => api.ListAsync(context));
        session.MapPost("/", ([FromServices] ManagementEndpoints api, HttpContext context) => api.CreateAsync(context))
            .WithMetadata(new RecentSignInMetadata());
        session.MapDelete("/", ([FromServices] ManagementEndpoints api, HttpContext context) => api.RevokeAllAsync(context));
        session.MapGet("/{id}", ([FromServices] ManagementEndpoints api, HttpContext context, string id) => api.GetAsync(context, id));
        session.MapPatch("/{id}", ([FromServices] ManagementEndpoints api, HttpContext context, string id) => api.EditAsync(context, id))
            .WithMetadata(new RecentSignInMetadata());
        session.MapPost("/{id}/rotate", ([FromServices] ManagementEndpoints api, HttpContext context, string id) => api.RotateAsync(context, id))
            .WithMetadata(new RecentSignInMetadata());
        session.MapDelete("/{id}", ([FromServices] ManagementEndpoints api, HttpContext context, string id) => api.RevokeAsync(context, id));

        var self = all.MapGroup("/self")
            .WithMetadata(new TokenAccessMetadata(PersonalAccessTokenPolicies.TokenOnly));
        self.MapGet("/", ([FromServices] SelfEndpoints api, HttpContext context) => api.Get(context));
        self.MapDelete("/", ([FromServices] SelfEndpoints api, HttpContext context) => api.RevokeAsync(context));
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<PersonalAccessTokenManagementOptions>>().Value.AllowSelfRotation)
        {
            self.MapPost("/rotate", ([FromServices] SelfEndpoints api, HttpContext context) => api.RotateAsync(context));
        }

        return all;
    }
}
