using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Pat.AspNetCore;

/// <summary>The routes of the management API, and what documents say about them.</summary>
/// <param name="suffix">What the names of its endpoints end with.</param>
internal sealed class ManagementRoutes(string suffix)
{
    /// <summary>The name of the first mapping's endpoint where a token asks for itself.</summary>
    public const string SelfName = "GetOwnPersonalAccessToken";

    private const string IdText = "The token's id.";
    private const string IssuedText = "Done. The value is in token, here and never again.";

    /// <summary>What a session's user does with all tokens, and the creation of one.</summary>
    public void MapAll(RouteGroupBuilder session)
    {
        Describe(session.MapGet("/", ([FromServices] ManagementEndpoints api, HttpContext context) => api.ListAsync(context)),
            "ListPersonalAccessTokens",
            "List your tokens",
            "A page of the caller's tokens, whatever their state, without their values.")
            .WithMetadata(RequestParameter.Of<ManagementRequests.List>())
            .Answers<ManagedTokenPage>(StatusCodes.Status200OK, "The page.")
            .RefusesFields("A parameter is wrong.");

        Describe(session.MapPost("/", ([FromServices] ManagementEndpoints api, HttpContext context) => api.CreateAsync(context)),
            "CreatePersonalAccessToken",
            "Create a token",
            "It acts for the caller, within its scopes, until it expires or is revoked.")
            .WithMetadata(new RecentSignInMetadata())
            .WithMetadata(RequestParameter.Of<ManagementRequests.Create>())
            .Answers<IssuedToken>(StatusCodes.Status201Created, "Created; Location says where it is. The value is in token, here and never again.")
            .RefusesBodies()
            .RefusesSecrets();

        Describe(session.MapDelete("/", ([FromServices] ManagementEndpoints api, HttpContext context) => api.RevokeAllAsync(context)),
            "RevokeAllPersonalAccessTokens",
            "Revoke all your tokens",
            "At once and for ever, all but the one that except names.")
            .WithMetadata(RequestParameter.Of<ManagementRequests.RevokeAll>())
            .Answers<RevokedTokens>(StatusCodes.Status200OK, "How many were revoked.")
            .RefusesFields("A parameter is wrong. Nothing was revoked.");
    }

    /// <summary>What a session's user does with one token.</summary>
    public void MapOne(RouteGroupBuilder session)
    {
        Describe(session.MapGet("/{id}", ([FromServices] ManagementEndpoints api, HttpContext context, [Description(IdText)] string id) =>
            api.GetAsync(context, id)),
            "GetPersonalAccessToken",
            "Show a token",
            "One of the caller's tokens, without its value.")
            .Answers<ManagedToken>(StatusCodes.Status200OK, "The token, with its entity tag in ETag.")
            .RefusesUnknownIds();

        Describe(session.MapPatch("/{id}", ([FromServices] ManagementEndpoints api, HttpContext context, [Description(IdText)] string id) =>
            api.EditAsync(context, id)),
            "EditPersonalAccessToken",
            "Edit a token",
            "Changes the name, the scopes or the expiry of a token that is usable. Its value stays.")
            .WithMetadata(new RecentSignInMetadata())
            .WithMetadata(RequestParameter.Of<ManagementRequests.EditToken>())
            .Answers<ManagedToken>(StatusCodes.Status200OK, "The token as it is now, with its entity tag in ETag.")
            .RefusesBodies()
            .RefusesUnknownIds()
            .RefusesChanges();

        Describe(session.MapPost("/{id}/rotate", ([FromServices] ManagementEndpoints api, HttpContext context, [Description(IdText)] string id) =>
            api.RotateAsync(context, id)),
            "RotatePersonalAccessToken",
            "Rotate a token",
            "Replaces the value of a token that is usable. Its id, name and scopes stay.")
            .WithMetadata(new RecentSignInMetadata())
            .WithMetadata(RequestParameter.Of<ManagementRequests.RotateToken>())
            .Answers<IssuedToken>(StatusCodes.Status200OK, IssuedText)
            .RefusesBodies()
            .RefusesUnknownIds()
            .RefusesChanges()
            .RefusesSecrets();

        Describe(session.MapDelete("/{id}", ([FromServices] ManagementEndpoints api, HttpContext context, [Description(IdText)] string id) =>
            api.RevokeAsync(context, id)),
            "RevokePersonalAccessToken",
            "Revoke a token",
            "At once and for ever. Revoking it again is no error.")
            .Answers(StatusCodes.Status204NoContent, "It is revoked.")
            .RefusesUnknownIds();
    }

    /// <summary>What a token does with itself.</summary>
    public void MapSelf(RouteGroupBuilder self, bool allowRotation)
    {
        Describe(self.MapGet("/", ([FromServices] SelfEndpoints api, HttpContext context) => api.Get(context)),
            SelfName,
            "Show the token of this request",
            "Whatever its scopes are.")
            .Answers<ManagedToken>(StatusCodes.Status200OK, "The token, with its entity tag in ETag.");

        Describe(self.MapDelete("/", ([FromServices] SelfEndpoints api, HttpContext context) => api.RevokeAsync(context)),
            "RevokeOwnPersonalAccessToken",
            "Revoke the token of this request",
            "At once and for ever, whatever its scopes are.")
            .Answers(StatusCodes.Status204NoContent, "It is revoked.");

        if (allowRotation)
        {
            Describe(self.MapPost("/rotate", ([FromServices] SelfEndpoints api, HttpContext context) => api.RotateAsync(context)),
                "RotateOwnPersonalAccessToken",
                "Rotate the token of this request",
                "Replaces its own value; its expiry stays. Only its current value can.")
                .WithMetadata(RequestParameter.Of<ManagementRequests.RotateSelf>())
                .Answers<IssuedToken>(StatusCodes.Status200OK, IssuedText)
                .RefusesBodies()
                .RefusesChanges()
                .RefusesSecrets();
        }
    }

    private RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string summary, string description) =>
        endpoint.WithName(name + suffix).WithSummary(summary).WithDescription(description);
}
