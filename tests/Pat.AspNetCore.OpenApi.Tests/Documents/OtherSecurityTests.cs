using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>Security that the application describes itself.</summary>
public sealed class OtherSecurityTests
{
    [Fact]
    public async Task Tokens_stand_beside_what_an_operation_requires()
    {
        var document = await DescribeAsync(options => options
            .AddDocumentTransformer(AddCookie)
            .AddOperationTransformer((operation, context, _) =>
            {
                operation.Security = [Cookie(context.Document)];
                return Task.CompletedTask;
            })
            .AddPersonalAccessTokens());

        Assert.Equal(["Cookie", "PersonalAccessToken"], document.SecuritySchemes.Order(StringComparer.Ordinal));
        Assert.Equal("Cookie[] or PersonalAccessToken[read]", document.Security("/tasks"));
        Assert.Equal("Cookie[]", document.Security("/closed"));
    }

    [Fact]
    public async Task Tokens_stand_beside_what_the_document_requires_of_all()
    {
        var document = await DescribeAsync(options => options
            .AddDocumentTransformer(AddCookie)
            .AddDocumentTransformer((all, _, _) =>
            {
                all.Security = [Cookie(all)];
                return Task.CompletedTask;
            })
            .AddPersonalAccessTokens());

        Assert.Equal("Cookie[] or PersonalAccessToken[read]", document.Security("/tasks"));
        Assert.Equal("", document.Security("/closed"));
    }

    [Fact]
    public async Task What_an_operation_requires_itself_is_not_widened_by_what_all_require()
    {
        var document = await DescribeAsync(options => options
            .AddDocumentTransformer(AddCookie)
            .AddDocumentTransformer((all, _, _) =>
            {
                all.AddComponent<IOpenApiSecurityScheme>("Jwt", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" });
                all.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("Jwt", all)] = [] }];
                return Task.CompletedTask;
            })
            .AddOperationTransformer((operation, context, _) =>
            {
                operation.Security = [Cookie(context.Document)];
                return Task.CompletedTask;
            })
            .AddPersonalAccessTokens());

        Assert.Equal("Cookie[] or PersonalAccessToken[read]", document.Security("/tasks"));
    }

    [Fact]
    public async Task What_the_application_says_of_tokens_itself_stays()
    {
        var document = await DescribeAsync(options => options
            .AddDocumentTransformer((all, _, _) =>
            {
                all.AddComponent<IOpenApiSecurityScheme>(
                    "PersonalAccessToken",
                    new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "Our own words." });
                return Task.CompletedTask;
            })
            .AddOperationTransformer((operation, context, _) =>
            {
                operation.Security =
                [
                    new OpenApiSecurityRequirement
                    {
                        [new OpenApiSecuritySchemeReference("PersonalAccessToken", context.Document)] = ["our own"],
                    },
                ];
                return Task.CompletedTask;
            })
            .AddPersonalAccessTokens());

        Assert.Equal("Our own words.", document.SecurityScheme("PersonalAccessToken").GetProperty("description").GetString());
        Assert.Equal("PersonalAccessToken[our own]", document.Security("/tasks"));
    }

    [Fact]
    public async Task Adding_tokens_twice_states_them_once()
    {
        var document = await DescribeAsync(options => options.AddPersonalAccessTokens().AddPersonalAccessTokens());

        Assert.Equal("PersonalAccessToken[read]", document.Security("/tasks"));
    }

    private static Task<Document> DescribeAsync(Action<OpenApiOptions> openApi) => DocumentApp.DescribeAsync(
        app =>
        {
            app.MapGet("/tasks", Answers.Nothing).RequireScope("read");
            app.MapGet("/closed", Answers.Nothing);
        },
        openApi: openApi);

    private static Task AddCookie(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent<IOpenApiSecurityScheme>(
            "Cookie", new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "session" });
        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Cookie(OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference("Cookie", document)] = [] };
}
