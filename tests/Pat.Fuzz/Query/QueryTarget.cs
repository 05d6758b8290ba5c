using Microsoft.AspNetCore.Http;
using Pat.AspNetCore;
using static Pat.Fuzz.FuzzFailure;

namespace Pat.Fuzz;

/// <summary>The reader of the management API's queries, compared with <see cref="NaiveQuery"/>.</summary>
internal sealed class QueryTarget : FuzzTarget
{
    /// <summary>Sets and words for what is wrong, of ten unknown parameters at most.</summary>
    private const int MaxAllocated = 32 * 1024;

    public override IReadOnlyList<string> Watched { get; } = ["Pat.AspNetCore.QueryParameters"];

    public override IReadOnlyList<string> Words { get; } =
    [
        "search=", "status=", "sort=", "page=", "pageSize=", "except=", "&", "=", "%", "%00", "%ff", "%e2%82%ac", "active", "-name", "1000000", "100", "+", ";", "#",
        "0000000000000000000001",
    ];

    public override IReadOnlyList<InputShare> Shares { get; } =
        [new("with a parameter that there is", 0.5, HasKnownName)];

    public static bool HasKnownName(string input) => input.Split('&').Any(parameter =>
        parameter.Split('=')[0] is "search" or "status" or "sort" or "page" or "pageSize");

    public override string Draw(Random random) => QueryInputs.Draw(random);

    public override ValueTask TryAsync(string input, Cost cost)
    {
        var query = NaiveQuery.Parse("?" + input);
        var expected = NaiveQuery.Of("?" + input);

        cost.Start();
        var parameters = new QueryParameters(query);
        var (search, status) = (parameters.Search(), parameters.Status());
        var sort = parameters.Sort(out var descending);
        var page = parameters.Number("page", 1, QueryParameters.MaxPage, 1);
        var pageSize = parameters.Number("pageSize", 1, PersonalAccessTokenQuery.MaxPageSize, QueryParameters.DefaultPageSize);
        var errors = parameters.FindErrors();
        cost.Stop(MaxAllocated + (4 * input.Length));

        UnlessEqual(string.Join('\n', expected.Errors), string.Join('\n', (errors?.Keys ?? []).Order(StringComparer.Ordinal)), "The parameters that are wrong");
        UnlessEqual(expected.Search, search, "What is searched for");
        UnlessEqual(expected.Page, page, "The page");
        UnlessEqual(expected.PageSize, pageSize, "The page's size");
        if (errors is null)
        {
            UnlessEqual(expected.Status, status?.ToString().ToLowerInvariant(), "The status");
            UnlessEqual(expected.Sort, Name(sort), "The order");
            UnlessEqual(expected.Descending, descending, "Whether the greatest comes first");
        }

        TryId(query);
        return ValueTask.CompletedTask;
    }

    /// <summary>Where a token can be named, an empty one is a fault.</summary>
    private static void TryId(IQueryCollection query)
    {
        var parameters = new QueryParameters(query);
        var id = parameters.Id("except");
        var values = query["except"];
        var isWrong = values.Count > 0 && (values.Count > 1 || NaiveId.Read(values[0] ?? "") is null);
        UnlessEqual(isWrong, parameters.FindErrors()?.Keys.Contains("except") ?? false, "Whether the id is wrong");
        UnlessEqual(values.Count > 0 ? NaiveId.Read(values[0] ?? "") : null, id, "The id");
    }

    private static string Name(PersonalAccessTokenSort sort) => sort switch
    {
        PersonalAccessTokenSort.Name => "name",
        PersonalAccessTokenSort.CreatedAt => "createdAt",
        PersonalAccessTokenSort.ExpiresAt => "expiresAt",
        _ => "lastUsedAt",
    };
}
