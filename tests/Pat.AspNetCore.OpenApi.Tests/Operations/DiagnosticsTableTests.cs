using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>The document says of every operation what the table for operators says of every endpoint.</summary>
public sealed class DiagnosticsTableTests
{
    [Fact]
    public async Task The_document_and_the_table_are_the_same()
    {
        await using var app = await DocumentApp.StartAsync(
            web =>
            {
                web.MapGet("/scope", Answers.Nothing).RequireScope("read");
                web.MapPost("/scope", Answers.Nothing).RequireScope("write");
                web.MapPut("/several", Answers.Nothing).RequireScope("tasks", "read", "write");
                web.MapGet("/any", Answers.Nothing).AllowAnyToken();
                var group = web.MapGroup("/group").RequireScopeByMethod();
                group.MapMethods("/methods/{id}", ["GET", "POST", "DELETE"], Answers.Nothing);
                group.MapGet("/refused", Answers.Nothing).RefuseTokens();
                web.MapGet("/silent", Answers.Nothing).RequireAuthorization();
                web.MapGet("/public", Answers.Nothing);
                web.MapPersonalAccessTokens();
                web.MapPersonalAccessTokenDiagnostics("everybody");
            },
            tokens: options => options.AddScope("tasks", "Tasks"),
            services: services => services.AddAuthorizationBuilder().AddPolicy("everybody", policy => policy.RequireAssertion(_ => true)));

        var document = (await app.ReadDocumentAsync()).Secured.Order(StringComparer.Ordinal).ToList();
        var table = JsonElement.Parse(await app.ReadAsync(PersonalAccessTokenDefaults.DiagnosticsPath)).EnumerateArray()
            .SelectMany(row => row.GetProperty("methods").EnumerateArray(), Write);

        Assert.Equal(table.Order(StringComparer.Ordinal), document);
        Assert.Contains("PUT /several PersonalAccessToken[tasks,write]", document);
        Assert.Contains("GET /api/auth/access_tokens/self PersonalAccessToken[]", document);
        Assert.Equal(9, document.Count);
    }

    private static string Write(JsonElement row, JsonElement method) =>
        $"{method.GetString()} {row.GetProperty("pattern").GetString()} {string.Join(" or ", row.GetProperty("schemes").EnumerateArray().Select(
            scheme => $"{scheme.GetString()}[{string.Join(',', row.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()))}]"))}";
}
