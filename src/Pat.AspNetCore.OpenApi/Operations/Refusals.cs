using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Pat.AspNetCore.OpenApi;

/// <summary>The answers that a token can meet beside the operation's own. What the application says of them stays.</summary>
internal static class Refusals
{
    /// <param name="operation">Takes tokens.</param>
    /// <param name="need">The scopes that they need, as a sentence, or null where any token will do.</param>
    public static void AddTo(OpenApiOperation operation, string? need)
    {
        operation.Responses ??= [];
        Add(operation.Responses, StatusCodes.Status401Unauthorized, "Unauthorized: no credentials, or a token that is not valid.",
            HeaderNames.WWWAuthenticate, "`Bearer`, with `error=\"invalid_token\"` where a token was sent (RFC 6750).", JsonSchemaType.String);
        Add(operation.Responses, StatusCodes.Status403Forbidden, need is null ? "Forbidden." : $"Forbidden. {need}",
            HeaderNames.WWWAuthenticate, "`Bearer error=\"insufficient_scope\"` with the missing scopes (RFC 6750).", JsonSchemaType.String);
        Add(operation.Responses, StatusCodes.Status503ServiceUnavailable, "Service Unavailable: the token can't be checked now.",
            HeaderNames.RetryAfter, "The seconds to wait before trying again.", JsonSchemaType.Integer);
    }

    private static void Add(
        OpenApiResponses responses, int status, string description, string header, string headerDescription, JsonSchemaType headerType)
    {
        var code = status.ToString(CultureInfo.InvariantCulture);
        if (!responses.TryGetValue(code, out var present))
        {
            responses[code] = present = new OpenApiResponse { Description = description };
        }

        // One that stands among the document's components is other operations' too.
        if (present is OpenApiResponse response)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers.TryAdd(
                header, new OpenApiHeader { Description = headerDescription, Schema = new OpenApiSchema { Type = headerType } });
        }
    }
}
