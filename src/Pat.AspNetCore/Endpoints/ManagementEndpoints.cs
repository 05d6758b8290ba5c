using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pat.AspNetCore;

/// <summary>What a signed-in user does with tokens of their own. The owner is the session's user and nothing that a request says.</summary>
internal sealed class ManagementEndpoints(
    PersonalAccessTokenManager manager,
    TimeProvider timeProvider)
{
    private const int MaxDays = 36_500;
    private const int MaxPage = 1_000_000;
    private const string RevokedByOwner = "Revoked by its owner.";

    public async Task<IResult> ListAsync(HttpContext context)
    {
        var parameters = new ListParameters(context.Request.Query);
        var query = new PersonalAccessTokenQuery
        {
            OwnerId = OwnerOf(context),
            Search = parameters.Search(),
            Status = parameters.Status(),
            Sort = parameters.Sort(out var descending),
            Descending = descending,
            Page = parameters.Number("page", 1, MaxPage, 1),
            PageSize = parameters.Number("pageSize", 1, PersonalAccessTokenQuery.MaxPageSize, 10),
        };
        if (parameters.FindErrors() is { } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var page = await manager.ListAsync(query, context.RequestAborted);
        return TypedResults.Json(
            new ManagedTokenPage([.. page.Items.Select(Show)], query.Page, query.PageSize, page.Total),
            ManagementJsonContext.Default.ManagedTokenPage);
    }

    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        if (body is null)
        {
            return refusal!;
        }

        var creation = new PersonalAccessTokenCreation
        {
            OwnerId = OwnerOf(context),
            Name = body.Text("name"),
            Scopes = body.Texts("scopes"),
            ExpiresAt = ReadExpiry(body),
        };
        if (body.FindErrors() is { } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var result = await manager.CreateAsync(creation, context.RequestAborted);
        if (!result.Succeeded)
        {
            return Refuse(result, body.Has("expiresInDays") ? "expiresInDays" : "expiresAt");
        }

        var issued = new IssuedToken(Show(result.Token), result.Value!);
        context.Response.Headers.Location = LocationOf(context.Request, issued.Id);
        return TypedResults.Json(issued, ManagementJsonContext.Default.IssuedToken, statusCode: StatusCodes.Status201Created);
    }

    public async Task<IResult> GetAsync(HttpContext context, string id) =>
        PersonalAccessTokenFormat.TryParseId(id, out var tokenId)
        && await manager.GetAsync(OwnerOf(context), tokenId, context.RequestAborted) is { } token
            ? Answer(context, token)
            : NotFound();

    public async Task<IResult> RevokeAsync(HttpContext context, string id) =>
        PersonalAccessTokenFormat.TryParseId(id, out var tokenId)
        && await manager.RevokeAsync(OwnerOf(context), tokenId, RevokedByOwner, context.RequestAborted)
            ? TypedResults.NoContent()
            : NotFound();

    public IResult GetSelf(HttpContext context) =>
        FindToken(context) is { } token ? Answer(context, token) : NotFound();

    public async Task<IResult> RevokeSelfAsync(HttpContext context) =>
        FindToken(context) is { } token
        && await manager.RevokeAsync(token.OwnerId, token.Id, "Revoked by the token itself.", context.RequestAborted)
            ? TypedResults.NoContent()
            : NotFound();

    private static PersonalAccessToken? FindToken(HttpContext context) => context.Features.Get<TokenFeature>()?.Token;

    /// <summary>Escaped, since a path can hold what no header may.</summary>
    private static string LocationOf(HttpRequest request, string id) =>
        $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent().TrimEnd('/')}/{id}";

    private static string OwnerOf(HttpContext context) => context.Features.GetRequiredFeature<SessionOwner>().Id;

    private static ProblemHttpResult NotFound() => TypedResults.Problem(
        "You have no token with this id.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>What is wrong with the expiry is said of the member that the request has it in.</summary>
    private static IResult Refuse(PersonalAccessTokenResult result, string expiryMember) => result.Failure switch
    {
        PersonalAccessTokenFailure.Invalid => TypedResults.ValidationProblem(result.Errors.Select(error =>
            KeyValuePair.Create(error.Key == "expiresAt" ? expiryMember : error.Key, error.Value))),
        PersonalAccessTokenFailure.TooManySecrets => TypedResults.Problem(
            "You have made as many tokens as one may in a day. Try again tomorrow.", statusCode: StatusCodes.Status429TooManyRequests),
        PersonalAccessTokenFailure.OwnerDisabled => TypedResults.Problem(
            "Your account may not have tokens.", statusCode: StatusCodes.Status403Forbidden),
        _ => throw new InvalidOperationException($"A creation can't fail by {result.Failure}."),
    };

    private DateTimeOffset? ReadExpiry(RequestBody body)
    {
        var time = body.Time("expiresAt");
        var days = body.Number("expiresInDays", 1, MaxDays);
        if (time is not null && days is not null)
        {
            body.AddError("expiresInDays", "Give expiresAt or expiresInDays, not both.");
        }

        return days is null ? time : timeProvider.GetUtcNow().AddDays(days.Value);
    }

    private ManagedToken Show(PersonalAccessToken token) => ManagedToken.Of(token, manager.StatusOf(token));

    private JsonHttpResult<ManagedToken> Answer(HttpContext context, PersonalAccessToken token)
    {
        context.Response.Headers.ETag = $"\"{token.Version}\"";
        return TypedResults.Json(Show(token), ManagementJsonContext.Default.ManagedToken);
    }
}
