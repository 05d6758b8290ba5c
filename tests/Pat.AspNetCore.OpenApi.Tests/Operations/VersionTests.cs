using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>What the versions of OpenAPI allow differs: before 3.1 a requirement of an HTTP scheme names nothing.</summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData(OpenApiSpecVersion.OpenApi3_0, "3.0.")]
    [InlineData(OpenApiSpecVersion.OpenApi3_1, "3.1.")]
    public async Task The_document_is_valid(OpenApiSpecVersion version, string start)
    {
        var document = await DescribeAsync(version);

        Assert.StartsWith(start, document.Version, StringComparison.Ordinal);
        Assert.Empty(document.Faults);
    }

    [Fact]
    public async Task In_3_0_the_description_names_the_scopes()
    {
        var document = await DescribeAsync(OpenApiSpecVersion.OpenApi3_0);

        Assert.Equal("PersonalAccessToken[]", document.Security("/one"));
        Assert.Equal("A personal access token needs the scope `read`.", document.Description("/one"));
        Assert.Equal(
            "Words of its own.\n\nA personal access token needs the scopes `write`, `tasks`.", document.Description("/two"));
        Assert.Null(document.Description("/any"));
    }

    [Fact]
    public async Task In_3_1_descriptions_stay_as_they_are()
    {
        var document = await DescribeAsync(OpenApiSpecVersion.OpenApi3_1);

        Assert.Equal("PersonalAccessToken[write,tasks]", document.Security("/two"));
        Assert.Null(document.Description("/one"));
        Assert.Equal("Words of its own.", document.Description("/two"));
    }

    [Fact]
    public async Task A_document_written_in_another_version_than_its_own_is_valid_too()
    {
        await using var app = await DocumentApp.StartAsync(Map, tokens: options => options.AddScope("tasks", "Tasks"));
        var generated = await app.GenerateDocumentAsync();

        var document = new Document(await generated.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0));

        Assert.StartsWith("3.0.", document.Version, StringComparison.Ordinal);
        Assert.Equal("PersonalAccessToken[]", document.Security("/two"));
    }

    private static Task<Document> DescribeAsync(OpenApiSpecVersion version) =>
        DocumentApp.DescribeAsync(Map, version, options => options.AddScope("tasks", "Tasks"));

    private static void Map(WebApplication app)
    {
        app.MapGet("/one", Answers.Nothing).RequireScope("read");
        app.MapGet("/any", Answers.Nothing).AllowAnyToken();
        app.MapGet("/two", Answers.Nothing).RequireScope("write", "tasks").WithDescription("Words of its own.");
    }
}
