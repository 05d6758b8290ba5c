using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>The answers that a token can meet.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("401", "WWW-Authenticate")]
    [InlineData("403", "WWW-Authenticate")]
    [InlineData("503", "Retry-After")]
    public async Task A_refusal_is_described_with_its_header(string status, string header)
    {
        var document = await DocumentApp.DescribeAsync(app => app.MapGet("/tasks", Answers.Nothing).RequireScope("read"));

        Assert.NotEmpty(document.Response("/tasks", status).GetProperty("description").GetString()!);
        Assert.Equal([header], document.Headers("/tasks", status));
    }

    [Fact]
    public async Task A_refusal_for_want_of_a_scope_names_it()
    {
        var document = await DocumentApp.DescribeAsync(app => app.MapGet("/tasks", Answers.Nothing).RequireScope("write"));

        Assert.Equal(
            "Forbidden. A personal access token needs the scope `write`.",
            document.Response("/tasks", "403").GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_refusal_where_any_token_will_do_names_no_scope()
    {
        var document = await DocumentApp.DescribeAsync(app => app.MapGet("/tasks", Answers.Nothing).AllowAnyToken());

        Assert.Equal("Forbidden.", document.Response("/tasks", "403").GetProperty("description").GetString());
    }

    [Fact]
    public async Task What_the_application_says_of_a_refusal_stays()
    {
        var document = await DocumentApp.DescribeAsync(app => app.MapGet("/tasks", Answers.Nothing)
            .RequireScope("read")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.Responses!["403"].Description = "Only on weekdays.";
                return Task.CompletedTask;
            }));

        Assert.Equal("Unauthorized", document.Response("/tasks", "401").GetProperty("description").GetString());
        Assert.True(document.Response("/tasks", "401").GetProperty("content").TryGetProperty("application/problem+json", out _));
        Assert.Equal(["WWW-Authenticate"], document.Headers("/tasks", "401"));
        Assert.Equal("Only on weekdays.", document.Response("/tasks", "403").GetProperty("description").GetString());
    }
}
