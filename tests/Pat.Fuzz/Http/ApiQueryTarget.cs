using Pat.TestSupport;
using static Pat.Fuzz.FuzzFailure;

namespace Pat.Fuzz;

/// <summary>Queries sent to the management API over HTTP, compared with a list in memory.</summary>
internal sealed class ApiQueryTarget : FuzzTarget
{
    private readonly FuzzHost _host;
    private readonly List<ListedToken> _tokens;

    private ApiQueryTarget(FuzzHost host, List<ListedToken> tokens) => (_host, _tokens) = (host, tokens);

    public override long LongForm => 100_000;

    public override IReadOnlyList<string> Watched { get; } = ["Pat.AspNetCore.QueryParameters", "Pat.AspNetCore.ManagementEndpoints"];

    public override IReadOnlyList<string> Words { get; } =
        ["search=", "status=", "sort=", "page=", "pageSize=", "&", "=", "%00", "%25", "_", "active", "revoked", "-name", "100", "token", "%c3%9c", "\\"];

    public override int DrawnShare => 60;

    public override IReadOnlyList<InputShare> Shares { get; } = [new("with a parameter that there is", 0.5, QueryTarget.HasKnownName)];

    public static async Task<ApiQueryTarget> StartAsync()
    {
        var host = await FuzzHost.StartAsync();
        var tokens = ListedToken.Examples();
        await using var context = await host.OpenAsync();
        context.AddRange(tokens.Select(token => token.ToToken(FuzzHost.Owner)));
        context.Add(SampleTokens.Create("bob", token => token.SecretHash = "$sha256$"));
        await context.SaveChangesAsync();
        return new ApiQueryTarget(host, tokens);
    }

    public override string Draw(Random random) => QueryInputs.Draw(random);

    public override async ValueTask TryAsync(string input, Cost cost)
    {
        // As a client has to write it: what no URL can hold is escaped, and the rest left as it is.
        var url = string.Concat(input.Select(character => character is > ' ' and <= '~' and not '#' ? character.ToString() : EscapeOf(character)));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{FuzzHost.Path}?{url}", UriKind.Relative));
        var answer = await ApiAnswer.OfAsync(_host.Client, request, cost);

        var expected = NaiveQuery.Of(new Uri(_host.Client.BaseAddress!, request.RequestUri!).Query);
        if (expected.Errors.Count > 0)
        {
            UnlessEqual(400, answer.Status, "The status");
            UnlessEqual(string.Join('\n', expected.Errors), answer.Errors, "The parameters that are wrong");
            return;
        }

        UnlessEqual(200, answer.Status, "The status");
        var matching = ListedToken.Find(_tokens, expected, ListedToken.IsSurelyFound);
        UnlessEqual(expected.Page, answer.Body!["page"]!.GetValue<int>(), "The page");
        UnlessEqual(expected.PageSize, answer.Body["pageSize"]!.GetValue<int>(), "The page's size");
        var most = ListedToken.Find(_tokens, expected, ListedToken.IsPossiblyFound).Count;
        Unless(answer.Body["total"]!.GetValue<int>() is var total && total >= matching.Count && total <= most, $"{total} tokens were found, not {matching.Count}.");
        if (most > matching.Count)
        {
            // Whether the case of other letters than ASCII's matters is the database's affair.
            return;
        }

        UnlessEqual(
            string.Join(' ', matching.Skip((expected.Page - 1) * expected.PageSize).Take(expected.PageSize).Select(token => token.Id)),
            string.Join(' ', answer.Body["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())),
            "The tokens");
    }

    public override async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await base.DisposeAsync();
    }

    private static string EscapeOf(char character) => char.IsSurrogate(character) ? "%ed%a0%80" : Uri.EscapeDataString(character.ToString());
}
