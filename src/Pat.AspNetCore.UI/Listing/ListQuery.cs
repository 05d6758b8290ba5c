using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Pat.AspNetCore.UI;

/// <summary>What the address of the list asks for. What it has no sense of is left out: an address may be old.</summary>
/// <param name="Search">Part of a name, or an id; empty for all.</param>
/// <param name="Status">One state, or null for all.</param>
/// <param name="Sort">What to sort by.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
/// <param name="Page">Which page, from 1.</param>
internal sealed record ListQuery(string Search, PersonalAccessTokenStatus? Status, PersonalAccessTokenSort Sort, bool Descending, int Page)
{
    public const int PageSize = 10;

    private const int MaxPage = 100_000;

    /// <summary>Whether it leaves tokens out.</summary>
    public bool IsFiltered => Search.Length > 0 || Status is not null;

    /// <summary>What it is sorted by, as it stands in an address.</summary>
    public string SortWord => (Descending ? "-" : "") + Word(Sort);

    public static ListQuery Of(IQueryCollection query)
    {
        var search = query["search"].ToString().Trim();
        var sort = query["sort"].ToString();
        var sortedBy = Find<PersonalAccessTokenSort>(sort.TrimStart('-'));
        return new ListQuery(
            search.Length <= QueryParameters.MaxSearchLength ? search : Cut(search),
            Find<PersonalAccessTokenStatus>(query["status"].ToString()),
            sortedBy ?? PersonalAccessTokenSort.CreatedAt,
            sortedBy is null || sort.StartsWith('-'),
            int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, MaxPage) : 1);
    }

    /// <summary>The word for a value in an address.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>The query of the same list sorted by something, from its first page; the other way round if it is sorted by it.</summary>
    public string SortedBy(PersonalAccessTokenSort sort)
    {
        // Times are wanted newest first, names and ends from the first.
        var startsDescending = sort is PersonalAccessTokenSort.CreatedAt or PersonalAccessTokenSort.LastUsedAt;
        return (this with { Sort = sort, Descending = Sort == sort ? !Descending : startsDescending, Page = 1 }).ToString();
    }

    /// <summary>The query of another page of the same list.</summary>
    public string At(int page) => (this with { Page = page }).ToString();

    /// <summary>As it stands in an address, with the question mark.</summary>
    public override string ToString()
    {
        var query = new QueryBuilder();
        if (Search.Length > 0)
        {
            query.Add("search", Search);
        }

        if (Status is { } status)
        {
            query.Add("status", Word(status));
        }

        query.Add("sort", SortWord);
        if (Page > 1)
        {
            query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
        }

        return query.ToString();
    }

    /// <summary>Not in the middle of a character, for databases refuse half of one.</summary>
    private static string Cut(string search) =>
        search[..(QueryParameters.MaxSearchLength - (char.IsHighSurrogate(search[QueryParameters.MaxSearchLength - 1]) ? 1 : 0))];

    private static T? Find<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Word(value) == word)
            {
                return value;
            }
        }

        return null;
    }
}
