using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TaskApi.Tests;

/// <summary>The OpenAPI document, and the page that shows it.</summary>
public sealed class DocumentTests(SqliteTaskApi application) : IClassFixture<SqliteTaskApi>
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_document_is_the_one_that_was_accepted() =>
        await new Snapshot("tests/TaskApi.Tests/Reference/openapi.json").AssertEqualAsync(await ReadAsync());

    [Fact]
    public async Task The_document_breaks_no_rule_of_Spectral()
    {
        var (exitCode, output) = await Spectral.LintAsync(await ReadAsync());

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task The_reference_is_a_page_about_the_document()
    {
        using var client = application.CreateClient();

        var page = await client.GetStringAsync(new Uri("/api/reference/", UriKind.Relative));

        Assert.Contains("<title>API reference - Taskboard</title>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/\">Back to Taskboard</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_stands_in_nobody_s_frame()
    {
        using var client = application.CreateClient();

        using var response = await client.GetAsync(new Uri("/api/reference/", UriKind.Relative));

        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    /// <summary>As it is served, but for the port.</summary>
    private async Task<string> ReadAsync()
    {
        using var client = application.CreateClient();
        var document = JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        var server = Assert.Single(document["servers"]!.AsArray())!;
        Assert.Equal(client.BaseAddress!.GetLeftPart(UriPartial.Authority), server["url"]!.GetValue<string>());
        server["url"] = "http://localhost";
        return document.ToJsonString(Readable) + "\n";
    }
}
