using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Pat.EntityFrameworkCore;

/// <summary>Finds, sorts and pages one owner's tokens.</summary>
internal static class TokenListing
{
    public static async Task<PersonalAccessTokenPage> ReadAsync(
        DbContext context, PersonalAccessTokenQuery query, PersonalAccessTokenUsability at, CancellationToken cancellationToken)
    {
        // PostgreSQL refuses this character in a text, so no name has it.
        if (query.Search?.Contains('\0') == true)
        {
            return new PersonalAccessTokenPage([], 0);
        }

        var matching = Matching(context.Set<PersonalAccessToken>().AsNoTracking(), query, at);
        var skipped = (query.Page - 1L) * query.PageSize;

        // The total comes with the page, in one statement, so that the two agree.
        var rows = await Sorted(matching, query.Sort, query.Descending)
            .Skip((int)Math.Min(skipped, int.MaxValue))
            .Take(query.PageSize)
            .Select(token => new { Token = token, Total = matching.Count() })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (rows.Count > 0)
        {
            return new PersonalAccessTokenPage(rows.ConvertAll(row => row.Token), rows[0].Total);
        }

        var total = skipped == 0 ? 0 : await matching.CountAsync(cancellationToken).ConfigureAwait(false);
        return new PersonalAccessTokenPage([], total);
    }

    private static IQueryable<PersonalAccessToken> Matching(
        IQueryable<PersonalAccessToken> tokens, PersonalAccessTokenQuery query, PersonalAccessTokenUsability at)
    {
        var matching = tokens.Where(token => token.OwnerId == query.OwnerId);
        if (query.Status is { } status)
        {
            matching = matching.Where(at.Is(status));
        }

        return string.IsNullOrEmpty(query.Search) ? matching : matching.Where(IsFoundBy(query.Search));
    }

    /// <summary>
    /// The database's lower() folds ASCII alone on SQLite, and further letters elsewhere: the text that is searched for
    /// is folded both ways, so that a name always matches itself.
    /// </summary>
    [SuppressMessage("Globalization", "CA1304", Justification = "The database evaluates ToLower.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "The database evaluates ToLower.")]
    [SuppressMessage("Performance", "CA1862", Justification = "No database knows the overloads with StringComparison.")]
    private static Expression<Func<PersonalAccessToken, bool>> IsFoundBy(string search)
    {
        var id = PersonalAccessTokenFormat.TryParseId(search, out var parsed) ? parsed : (Guid?)null;
        var folded = search.ToLowerInvariant();
        var asciiFolded = string.Create(search.Length, search, static (characters, search) =>
        {
            for (var i = 0; i < search.Length; i++)
            {
                characters[i] = char.IsAsciiLetterUpper(search[i]) ? char.ToLowerInvariant(search[i]) : search[i];
            }
        });

        return token => token.Id == id
            || token.Name.ToLower().Contains(folded) || token.Name.ToLower().Contains(asciiFolded);
    }

    /// <summary>Databases differ on where nulls stand, so each sort that has them says it.</summary>
    private static IOrderedQueryable<PersonalAccessToken> Sorted(
        IQueryable<PersonalAccessToken> tokens, PersonalAccessTokenSort sort, bool descending) =>
        (sort switch
        {
            PersonalAccessTokenSort.CreatedAt => By(tokens, token => token.CreatedAt, descending),
            PersonalAccessTokenSort.Name => By(tokens, token => token.Name, descending),
            PersonalAccessTokenSort.ExpiresAt =>
                ThenBy(By(tokens, token => token.ExpiresAt == null, descending), token => token.ExpiresAt, descending),
            PersonalAccessTokenSort.LastUsedAt =>
                ThenBy(By(tokens, token => token.LastUsedAt != null, descending), token => token.LastUsedAt, descending),
            _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "Tokens can't be sorted by this."),
        }).ThenBy(token => token.Id);

    private static IOrderedQueryable<PersonalAccessToken> By<TKey>(
        IQueryable<PersonalAccessToken> tokens, Expression<Func<PersonalAccessToken, TKey>> key, bool descending) =>
        descending ? tokens.OrderByDescending(key) : tokens.OrderBy(key);

    private static IOrderedQueryable<PersonalAccessToken> ThenBy<TKey>(
        IOrderedQueryable<PersonalAccessToken> tokens, Expression<Func<PersonalAccessToken, TKey>> key, bool descending) =>
        descending ? tokens.ThenByDescending(key) : tokens.ThenBy(key);
}
