using Microsoft.AspNetCore.Http;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Finds the token that a page is about, or has the page that says why there is nothing to do with it.</summary>
internal sealed class OwnedTokens(PersonalAccessTokenManager manager, Texts texts)
{
    /// <returns>The token, or what to show in its place.</returns>
    public async Task<(PersonalAccessToken? Token, Page? Refusal)> FindAsync(PageRequest request) =>
        request.TokenId is { } id && await manager.GetAsync(request.OwnerId, id, request.Aborted) is { } token
            ? (token, null)
            : (null, NotFound());

    /// <returns>The token if it works, or what to show in its place.</returns>
    public async Task<(PersonalAccessToken? Token, Page? Refusal)> FindUsableAsync(PageRequest request)
    {
        var (token, refusal) = await FindAsync(request);
        return token is null || manager.StatusOf(token) == PersonalAccessTokenStatus.Active
            ? (token, refusal)
            : (null, NotUsable(token));
    }

    public Page NotFound() => Page.Of<MessagePage>(
        texts["No such token"], texts["You have no token with this id. It may have been removed."], StatusCodes.Status404NotFound);

    public Page NotUsable(PersonalAccessToken token)
    {
        var message = manager.StatusOf(token) switch
        {
            PersonalAccessTokenStatus.Revoked => texts["“{0}” is revoked, and a revoked token can't be changed. Create a new one.", token.Name],
            PersonalAccessTokenStatus.Expired => texts["“{0}” has expired, and an expired token can't be changed. Create a new one.", token.Name],
            _ => texts["“{0}” was unused for too long, and an inactive token can't be changed. Create a new one.", token.Name],
        };
        return Page.Of<MessagePage>(texts["This token can't be changed"], message, StatusCodes.Status409Conflict);
    }
}
