using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>What a token does with itself.</summary>
internal sealed class SelfEndpoints(
    PersonalAccessTokenManager manager,
    ManagementAnswers answers,
    TokenSchemes schemes,
    IOptions<PersonalAccessTokenOptions> options,
    ILogger<SelfEndpoints> logger)
{
    public IResult Get(HttpContext context) =>
        FindFeature(context)?.State is { } state ? answers.Token(context, state.ToToken()) : ManagementAnswers.NotFound();

    public async Task<IResult> RevokeAsync(HttpContext context) =>
        FindFeature(context)?.State is { } state
        && await manager.RevokeAsync(state.OwnerId, state.Id, "Revoked by the token itself.", context.RequestAborted)
            ? TypedResults.NoContent()
            : ManagementAnswers.NotFound();

    /// <summary>
    /// By the current secret alone: whoever was left with a former one must not get the next. The expiry stays, so that a
    /// token does not prolong its own life.
    /// </summary>
    public async Task<IResult> RotateAsync(HttpContext context)
    {
        if (FindFeature(context) is not { State: { } presented } feature)
        {
            return ManagementAnswers.NotFound();
        }

        if (feature.IsPreviousSecret)
        {
            return RefusePreviousSecret(presented);
        }

        var (request, refusal) = await ChangeRequest.ReadAsync(context, manager, answers, presented.OwnerId, presented.Id);
        if (request is null)
        {
            return refusal!;
        }

        if (await manager.GetAsync(presented.OwnerId, presented.Id, context.RequestAborted) is not { } current)
        {
            return ManagementAnswers.NotFound();
        }

        // The request may have been let in by what this node knew of the token a moment ago.
        if (!presented.HasSecretOf(current))
        {
            return RefusePreviousSecret(presented);
        }

        var overlap = request.Body.Overlap(options.Value.MaxRotationOverlap);
        var rotation = new PersonalAccessTokenRotation
        {
            Overlap = overlap,
            TokenPrefix = FindPrefix(feature.Scheme),
            IsByTokenItself = true,
            IfVersion = request.IfVersion ?? current.Version,
            HasFaults = request.Body.FindErrors() is not null,
        };
        var result = await manager.RotateAsync(presented.OwnerId, presented.Id, rotation, context.RequestAborted);
        return result.Succeeded
            ? answers.Issued(context, result, StatusCodes.Status200OK)
            : answers.Refuse(context, result, request.Body, request.IfVersion);
    }

    /// <summary>A token stays its scheme's: the usual prefix where the scheme takes it, else the scheme's first.</summary>
    private string FindPrefix(string scheme)
    {
        var prefixes = schemes.FindStarts(scheme).Select(static start => start[..^1]).ToList();
        return prefixes.Contains(options.Value.TokenPrefix) ? options.Value.TokenPrefix : prefixes[0];
    }

    /// <summary>Null where a session that the application made of a token's principal came in its place.</summary>
    private static TokenFeature? FindFeature(HttpContext context) => TokenFeature.Of(context);

    private ProblemHttpResult RefusePreviousSecret(TokenState token)
    {
        Log.RotationByPreviousSecret(logger, PersonalAccessTokenFormat.FormatId(token.Id));
        return TypedResults.Problem(
            "The token was rotated meanwhile, and only its current secret can rotate it.",
            statusCode: StatusCodes.Status403Forbidden);
    }
}
