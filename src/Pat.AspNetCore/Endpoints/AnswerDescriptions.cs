using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Pat.AspNetCore;

/// <summary>Says in documents what endpoints of the management API answer.</summary>
internal static class AnswerDescriptions
{
    public static TBuilder Answers<TBuilder>(this TBuilder endpoint, int status, string description)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProducesResponseTypeAttribute(status) { Description = description });

    public static RouteHandlerBuilder Answers<TBody>(this RouteHandlerBuilder endpoint, int status, string description) =>
        endpoint.WithMetadata(new ProducesResponseTypeAttribute(typeof(TBody), status, "application/json") { Description = description });

    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, int status, string description)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(ProblemOf(typeof(ProblemDetails), status, description));

    /// <summary>With what is wrong, by field.</summary>
    public static RouteHandlerBuilder RefusesFields(this RouteHandlerBuilder endpoint, string description) =>
        endpoint.WithMetadata(ProblemOf(typeof(HttpValidationProblemDetails), StatusCodes.Status400BadRequest, description));

    public static RouteHandlerBuilder RefusesBodies(this RouteHandlerBuilder endpoint) => endpoint
        .RefusesFields("The body is wrong: errors says what, by member, several at once. Nothing was changed.")
        .Refuses(StatusCodes.Status413PayloadTooLarge, "The body has more than 16 KiB.")
        .Refuses(StatusCodes.Status415UnsupportedMediaType, "The body is not announced as JSON.");

    public static RouteHandlerBuilder RefusesUnknownIds(this RouteHandlerBuilder endpoint) =>
        endpoint.Refuses(StatusCodes.Status404NotFound, "You have no token with this id.");

    public static RouteHandlerBuilder RefusesChanges(this RouteHandlerBuilder endpoint) => endpoint
        .Refuses(StatusCodes.Status409Conflict, "The token is expired, inactive or revoked, which tokenStatus says.")
        .Refuses(StatusCodes.Status412PreconditionFailed, "The token is not at the version that If-Match names.");

    public static RouteHandlerBuilder RefusesSecrets(this RouteHandlerBuilder endpoint) =>
        endpoint.Refuses(StatusCodes.Status429TooManyRequests, "As many tokens were created and rotated as one may in 24 hours; Retry-After says when to try again.");

    private static ProducesResponseTypeAttribute ProblemOf(Type type, int status, string description) =>
        new(type, status, "application/problem+json") { Description = description };
}
