using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>What a signed-in user does with tokens of their own. The owner is the session's user and nothing that a request says.</summary>
internal sealed class ManagementEndpoints(
    PersonalAccessTokenManager manager,
    ManagementAnswers answers,
    TimeProvider timeProvider,
    IOptions<PersonalAccessTokenOptions> options)
{
    /// <summary>The most days until a token expires that a request can name.</summary>
    public const int MaxDays = 36_500;

    /// <summary>The reason that is kept with a token which its owner revoked, by API or page.</summary>
    public const string RevokedByOwner = "Revoked by its owner.";

    private static readonly string[] LastingMembers = ["name", "scopes"];

    public async Task<IResult> ListAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query);
        var query = new PersonalAccessTokenQuery
        {
            OwnerId = OwnerOf(context),
            Search = parameters.Search(),
            Status = parameters.Status(),
            Sort = parameters.Sort(out var descending),
            Descending = descending,
            Page = parameters.Number("page", 1, QueryParameters.MaxPage, 1),
            PageSize = parameters.Number("pageSize", 1, PersonalAccessTokenQuery.MaxPageSize, QueryParameters.DefaultPageSize),
        };
        if (parameters.FindErrors() is { } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var page = await manager.ListAsync(query, context.RequestAborted);
        return TypedResults.Json(
            new ManagedTokenPage([.. page.Items.Select(answers.Show)], query.Page, query.PageSize, page.Total, options.Value.MaxStaleness.TotalSeconds),
            ManagementJsonContext.Default.ManagedTokenPage);
    }

    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var (body, refusal) = context.Features.GetRequiredFeature<ReceivedBody>();
        if (body is null)
        {
            return refusal!;
        }

        var (name, scopes, expiresAt) = (body.Text("name"), body.Texts("scopes"), ReadExpiry(body));
        var creation = new PersonalAccessTokenCreation
        {
            OwnerId = OwnerOf(context),
            Name = name,
            Scopes = scopes,
            ExpiresAt = expiresAt,
            HasFaults = body.FindErrors() is not null,
            IfOwnerStamp = SessionOf(context).Stamp,
        };
        var result = await manager.CreateAsync(creation, context.RequestAborted);
        if (!result.Succeeded)
        {
            return answers.Refuse(
                context, result, body, expiryMember: body.Has("expiresInDays") ? "expiresInDays" : "expiresAt");
        }

        context.Response.Headers.Location = LocationOf(context.Request, PersonalAccessTokenFormat.FormatId(result.Token.Id));
        return answers.Issued(context, result, StatusCodes.Status201Created);
    }

    public async Task<IResult> GetAsync(HttpContext context, string id) =>
        PersonalAccessTokenFormat.TryParseId(id, out var tokenId)
        && await manager.GetAsync(OwnerOf(context), tokenId, context.RequestAborted) is { } token
            ? answers.Token(context, token)
            : ManagementAnswers.NotFound();

    public async Task<IResult> EditAsync(HttpContext context, string id)
    {
        if (!PersonalAccessTokenFormat.TryParseId(id, out var tokenId))
        {
            return ManagementAnswers.NotFound();
        }

        var (request, refusal) = await ChangeRequest.ReadAsync(context, manager, answers, OwnerOf(context), tokenId);
        if (request is null)
        {
            return refusal!;
        }

        var body = request.Body;
        foreach (var member in LastingMembers.Where(body.IsNull))
        {
            body.AddErrors(member, ["It can't be taken away. Give another, or leave the member out to keep what is there."]);
        }

        var (name, scopes, expiresAt) = (body.Text("name"), body.Texts("scopes"), body.Time("expiresAt"));
        var edit = new PersonalAccessTokenEdit
        {
            Name = name,
            Scopes = scopes,
            ExpiresAt = expiresAt,
            RemoveExpiry = body.IsNull("expiresAt"),
            IfVersion = request.IfVersion,
            HasFaults = body.FindErrors() is not null,
        };
        var result = await manager.EditAsync(OwnerOf(context), tokenId, edit, context.RequestAborted);
        return result.Succeeded
            ? answers.Token(context, result.Token)
            : answers.Refuse(context, result, body, request.IfVersion);
    }

    public async Task<IResult> RotateAsync(HttpContext context, string id)
    {
        if (!PersonalAccessTokenFormat.TryParseId(id, out var tokenId))
        {
            return ManagementAnswers.NotFound();
        }

        var (request, refusal) = await ChangeRequest.ReadAsync(context, manager, answers, OwnerOf(context), tokenId);
        if (request is null)
        {
            return refusal!;
        }

        var body = request.Body;
        if (body.IsNull("expiresAt"))
        {
            // Elsewhere null is no expiry, which a rotation can't make.
            body.AddErrors("expiresAt", ["Give a time, or leave the member out to keep the expiry."]);
        }

        var (overlap, expiresAt) = (body.Overlap(options.Value.MaxRotationOverlap), body.Time("expiresAt"));
        var rotation = new PersonalAccessTokenRotation
        {
            Overlap = overlap,
            ExpiresAt = expiresAt,
            IfVersion = request.IfVersion,
            HasFaults = body.FindErrors() is not null,
            IfOwnerStamp = SessionOf(context).Stamp,
        };
        var result = await manager.RotateAsync(OwnerOf(context), tokenId, rotation, context.RequestAborted);
        return result.Succeeded
            ? answers.Issued(context, result, StatusCodes.Status200OK)
            : answers.Refuse(context, result, body, request.IfVersion);
    }

    /// <summary>Whatever the version: an end that somebody wants is not held up by a change that somebody made.</summary>
    public async Task<IResult> RevokeAsync(HttpContext context, string id) =>
        PersonalAccessTokenFormat.TryParseId(id, out var tokenId)
        && await manager.RevokeAsync(OwnerOf(context), tokenId, RevokedByOwner, context.RequestAborted)
            ? TypedResults.NoContent()
            : ManagementAnswers.NotFound();

    public async Task<IResult> RevokeAllAsync(HttpContext context)
    {
        var parameters = new QueryParameters(context.Request.Query);
        var except = parameters.Id("except");
        if (except is { } kept && await manager.GetAsync(OwnerOf(context), kept, context.RequestAborted) is null)
        {
            // What cannot be undone is not done to a token that was meant to be kept.
            parameters.AddError("except", "You have no token with this id.");
        }

        if (context.Request.Path.Value!.EndsWith('/'))
        {
            // What a script asks for whose variable with an id is empty.
            parameters.AddError("", "The address ends with a slash and no id behind it. Add the id of the token to revoke; to revoke all of your tokens, leave the slash out.");
        }

        if (parameters.FindErrors() is { } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var count = await manager.RevokeAllAsync(OwnerOf(context), except, RevokedByOwner, context.RequestAborted);
        return TypedResults.Json(new RevokedTokens(count), ManagementJsonContext.Default.RevokedTokens);
    }

    private static string OwnerOf(HttpContext context) => SessionOf(context).Id;

    private static SessionOwner SessionOf(HttpContext context) => context.Features.GetRequiredFeature<SessionOwner>();

    /// <summary>Escaped, since a path can hold what no header may.</summary>
    private static string LocationOf(HttpRequest request, string id) =>
        $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent().TrimEnd('/')}/{id}";

    private DateTimeOffset? ReadExpiry(RequestBody body)
    {
        var time = body.Time("expiresAt");
        var days = body.Number("expiresInDays", 1, MaxDays);
        if (time is not null && days is not null)
        {
            body.AddErrors("expiresInDays", ["Give expiresAt or expiresInDays, not both."]);
        }

        return days is null ? time : timeProvider.GetUtcNow().AddDays(days.Value);
    }
}
