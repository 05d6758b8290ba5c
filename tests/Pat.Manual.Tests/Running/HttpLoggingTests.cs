using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Pat.Manual.Tests;

/// <summary>
/// ASP.NET Core's HTTP logging as docs/security.md sets it up, in the program of docs/getting-started.md: it writes headers, and
/// no token.
/// </summary>
public sealed class HttpLoggingTests
{
    private const string BodiesOn = "builder.Services.Configure<HttpLoggingOptions>(o => o.LoggingFields = HttpLoggingFields.All);";

    [Theory]
    [InlineData("", "Duration: ")]
    [InlineData(BodiesOn, "ResponseBody: alice has no notes")]
    public async Task What_the_page_sets_up_logs_requests_without_their_tokens(string further, string logged)
    {
        await using var program = await RunningProgram.StartAsync(Compose(further));
        using var client = program.Application.CreateClient();
        using var signedIn = await client.PostAsync(new Uri("/signin/alice", UriKind.Relative), null);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var token = await CreateAsync(client);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/notes");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        await program.Application.StopAsync();
        var log = program.Application.Output;
        Assert.Contains(logged, log, StringComparison.Ordinal);
        Assert.Contains("Authorization: [Redacted]", log, StringComparison.Ordinal);
        Assert.Contains("Cookie: [Redacted]", log, StringComparison.Ordinal);
        Assert.Contains("Path: /api/auth/access_tokens", log, StringComparison.Ordinal);
        Assert.DoesNotContain(cookie, log, StringComparison.Ordinal);
        Assert.All(PiecesOfSecret(token), piece => Assert.DoesNotContain(piece, log, StringComparison.Ordinal));
    }

    private static async Task<string> CreateAsync(HttpClient client)
    {
        using var body = new StringContent("""{"name":"laptop","scopes":["read"],"expiresInDays":30}""", null, "application/json");
        using var created = await client.PostAsync(new Uri("/api/auth/access_tokens", UriKind.Relative), body);
        created.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await created.Content.ReadAsStringAsync())!["token"]!;
    }

    private static IEnumerable<string> PiecesOfSecret(string token)
    {
        var secret = token.Split('_')[^1];
        return Enumerable.Range(0, secret.Length - 11).Select(at => secret.Substring(at, 12));
    }

    /// <summary>The program, with the paragraphs of the page's block where they belong.</summary>
    private static Block Compose(string further)
    {
        var program = ManualPages.Blocks.First(block => block is { Page: "docs/getting-started.md", Language: "csharp" });
        var logging = ManualPages.Blocks.Single(
            block => block.Page == "docs/security.md" && block.Text.Contains("AddHttpLogging", StringComparison.Ordinal));
        var parts = logging.Text.Split("\n\n");
        Assert.Equal(3, parts.Length);
        var (usings, services, endpoints) = (parts[0], parts[1], parts[2]);
        const string build = "var app = builder.Build();";
        const string map = "app.MapPersonalAccessTokens();";
        Assert.Contains(map, program.Text, StringComparison.Ordinal);
        return program with
        {
            Text = $"{usings}\n{program.Text}"
                .Replace(build, $"{services}\n{further}\n{build}", StringComparison.Ordinal)
                .Replace(map, endpoints, StringComparison.Ordinal),
        };
    }
}
