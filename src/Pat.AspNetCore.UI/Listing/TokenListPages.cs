using Microsoft.Extensions.Options;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Lists the owner's tokens.</summary>
internal sealed class TokenListPages(
    PersonalAccessTokenManager manager,
    PersonalAccessTokenScopes scopes,
    ShownStates states,
    Texts texts,
    IOptions<PersonalAccessTokenOptions> options)
{
    /// <summary>How long after an edit the list says that it was made.</summary>
    private static readonly TimeSpan NoticePeriod = TimeSpan.FromMinutes(1);

    public async Task<Page> ShowAsync(PageRequest request)
    {
        var query = ListQuery.Of(request.Query);
        var list = await ListAsync(request, query);
        if (list.Rows.Count == 0 && query.Page > list.Pages)
        {
            // Tokens were removed, and with them the page.
            list = await ListAsync(request, query with { Page = list.Pages });
        }

        return Page.Of<TokenListPage>(texts["Personal access tokens"], list with { Notice = await FindNoticeAsync(request) });
    }

    private async Task<TokenList> ListAsync(PageRequest request, ListQuery query)
    {
        var page = await manager.ListAsync(
            new PersonalAccessTokenQuery
            {
                OwnerId = request.OwnerId,
                Search = query.Search,
                Status = query.Status,
                Sort = query.Sort,
                Descending = query.Descending,
                Page = query.Page,
                PageSize = ListQuery.PageSize,
            },
            request.Aborted);
        return new TokenList
        {
            Query = query,
            Rows = [.. page.Items.Select(token => RowOf(token, request.Times))],
            Total = page.Total,
            UsageResolution = request.Times.Length(
                options.Value.UsageResolution > options.Value.UsageFlushInterval ? options.Value.UsageResolution : options.Value.UsageFlushInterval),
        };
    }

    private TokenRow RowOf(PersonalAccessToken token, Times times) => new(
        token, states.Of(token, times), scopes.Expand(token.Scopes), manager.StatusOf(token) == PersonalAccessTokenStatus.Active);

    private async Task<string?> FindNoticeAsync(PageRequest request)
    {
        if (await FindTokenAsync(request, Notice.RevokedParameter) is { RevokedAt: not null } revoked)
        {
            return texts["“{0}” is revoked. It no longer works.", revoked.Name];
        }

        if (await FindTokenAsync(request, Notice.SavedParameter) is { RevokedAt: null, Version: > 1 } saved
            && request.Times.Now - saved.UpdatedAt < NoticePeriod)
        {
            return texts["“{0}” is saved.", saved.Name];
        }

        if (!request.Query.ContainsKey(Notice.AllRevokedParameter))
        {
            return null;
        }

        var count = await CountAsync(request, null);
        return count > 0 && count == await CountAsync(request, PersonalAccessTokenStatus.Revoked) ? texts["All your tokens are revoked. None of them works any more."] : null;
    }

    private async Task<int> CountAsync(PageRequest request, PersonalAccessTokenStatus? status)
    {
        var query = new PersonalAccessTokenQuery { OwnerId = request.OwnerId, Status = status, PageSize = 1 };
        return (await manager.ListAsync(query, request.Aborted)).Total;
    }

    private async Task<PersonalAccessToken?> FindTokenAsync(PageRequest request, string parameter) =>
        PersonalAccessTokenFormat.TryParseId(request.Query[parameter].ToString(), out var id)
            ? await manager.GetAsync(request.OwnerId, id, request.Aborted)
            : null;
}
