using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pat.AspNetCore;

/// <summary>A request to change a token: what it says, and which version of the token it is about.</summary>
/// <param name="Body">What it says.</param>
/// <param name="IfVersion">The version that the token has to be at still, or null for any.</param>
internal sealed record ChangeRequest(RequestBody Body, long? IfVersion)
{
    /// <summary>Reads a request about one of an owner's tokens, or says how to refuse it.</summary>
    public static async Task<(ChangeRequest? Request, IResult? Refusal)> ReadAsync(
        HttpContext context, PersonalAccessTokenManager manager, ManagementAnswers answers, string ownerId, Guid id)
    {
        if (!IfMatch.TryRead(context.Request.Headers, out var condition))
        {
            return (null, ManagementAnswers.MalformedIfMatch());
        }

        var (body, refusal) = context.Features.GetRequiredFeature<ReceivedBody>();
        if (body is null)
        {
            return (null, refusal);
        }

        if (condition is null)
        {
            return (new ChangeRequest(body, null), null);
        }

        // What would be refused without the condition is refused for its own reason (RFC 9110, section 13.2.1).
        return await manager.GetAsync(ownerId, id, context.RequestAborted) switch
        {
            null => (null, ManagementAnswers.NotFound()),
            { } token when !answers.IsUsable(token) => (null, answers.NotUsable(token)),
            { } token when !condition.Allows(token.Version) => (null, ManagementAnswers.Changed()),
            { } token => (new ChangeRequest(body, token.Version), null),
        };
    }
}
