using Microsoft.AspNetCore.Http;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Revokes one token, or all of them.</summary>
internal sealed class RevocationPages(PersonalAccessTokenManager manager, OwnedTokens tokens, Failures failures, Texts texts)
{
    public async Task<Page> ShowAsync(PageRequest request)
    {
        var (token, refusal) = await tokens.FindAsync(request);
        return refusal ?? (token!.RevokedAt is null ? Show(token) : Page.At(Notice.Revoked(request.Paths, token.Id)));
    }

    public async Task<Page> RevokeAsync(PageRequest request)
    {
        var (token, refusal) = await tokens.FindAsync(request);
        if (token is null)
        {
            return refusal!;
        }

        if (token.RevokedAt is null)
        {
            if (!request.IsGenuine)
            {
                return Show(token, failures.OfStaleForm(), StatusCodes.Status400BadRequest);
            }

            if (request.Version != token.Version)
            {
                var changed = Failures.OfForm(texts["The token was changed meanwhile, and is not revoked. Check that it is the one you mean."]);
                return Show(token, changed, StatusCodes.Status409Conflict);
            }

            await manager.RevokeAsync(request.OwnerId, token.Id, ManagementEndpoints.RevokedByOwner, request.Aborted);
        }

        return Page.At(Notice.Revoked(request.Paths, token.Id));
    }

    public async Task<Page> ShowAllAsync(PageRequest request) => ShowAll(await CountAsync(request));

    public async Task<Page> RevokeAllAsync(PageRequest request)
    {
        if (!request.IsGenuine)
        {
            return ShowAll(await CountAsync(request), failures.OfStaleForm(), StatusCodes.Status400BadRequest);
        }

        await manager.RevokeAllAsync(request.OwnerId, except: null, ManagementEndpoints.RevokedByOwner, request.Aborted);
        return Page.At(Notice.AllRevoked(request.Paths));
    }

    private Page Show(PersonalAccessToken token, IReadOnlyDictionary<string, string[]>? errors = null, int status = StatusCodes.Status200OK) =>
        Page.Of<RevocationPage>(texts["Revoke “{0}”?", token.Name], new Revocation(token, errors), status);

    private Page ShowAll(int count, IReadOnlyDictionary<string, string[]>? errors = null, int status = StatusCodes.Status200OK) =>
        Page.Of<RevocationOfAllPage>(texts["Revoke all tokens?"], new RevocationOfAll(count, errors), status);

    /// <summary>How many tokens there are to revoke that work.</summary>
    private async Task<int> CountAsync(PageRequest request)
    {
        var query = new PersonalAccessTokenQuery { OwnerId = request.OwnerId, Status = PersonalAccessTokenStatus.Active, PageSize = 1 };
        return (await manager.ListAsync(query, request.Aborted)).Total;
    }
}
