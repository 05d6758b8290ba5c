using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>Which scopes an operation names.</summary>
public sealed class ScopeTests
{
    [Fact]
    public async Task An_operation_names_the_scope_of_its_endpoint()
    {
        var document = await DocumentApp.DescribeAsync(app => app.MapGet("/tasks", Answers.Nothing).RequireScope("read"));

        Assert.Equal("PersonalAccessToken[read]", document.Security("/tasks"));
    }

    [Fact]
    public async Task Scopes_of_groups_and_endpoints_add_up()
    {
        var document = await DocumentApp.DescribeAsync(
            app => app.MapGroup("/group").RequireScope("tasks").MapGet("/both", Answers.Nothing).RequireScope("read"),
            tokens: options => options.AddScope("tasks", "Tasks"));

        Assert.Equal("PersonalAccessToken[tasks,read]", document.Security("/group/both"));
    }

    [Theory]
    [InlineData("read", "write")]
    [InlineData("write", "read")]
    public async Task A_scope_that_another_implies_is_not_named_beside_it(string first, string second)
    {
        var document = await DocumentApp.DescribeAsync(app => app.MapGet("/tasks", Answers.Nothing).RequireScope(first, second));

        Assert.Equal("PersonalAccessToken[write]", document.Security("/tasks"));
    }

    [Fact]
    public async Task Of_scopes_that_imply_each_other_the_first_is_named()
    {
        var document = await DocumentApp.DescribeAsync(
            app => app.MapGet("/tasks", Answers.Nothing).RequireScope("new", "old"),
            tokens: options => options.AddScope("old", "Tasks", "new").AddScope("new", "Tasks", "old"));

        Assert.Equal("PersonalAccessToken[new]", document.Security("/tasks"));
    }

    [Fact]
    public async Task A_scope_by_method_is_the_operations_own()
    {
        var document = await DocumentApp.DescribeAsync(app =>
        {
            var group = app.MapGroup("/tasks").RequireScopeByMethod();
            group.MapMethods("", ["GET", "HEAD", "OPTIONS", "POST", "DELETE"], Answers.Nothing);
            group.MapGet("/own", Answers.Nothing).RequireScope("write");
        });

        Assert.All(["get", "head", "options"], method => Assert.Equal("PersonalAccessToken[read]", document.Security("/tasks", method)));
        Assert.All(["post", "delete"], method => Assert.Equal("PersonalAccessToken[write]", document.Security("/tasks", method)));
        Assert.Equal("PersonalAccessToken[write]", document.Security("/tasks/own"));
    }

    [Fact]
    public async Task An_operation_for_any_token_names_none()
    {
        var document = await DocumentApp.DescribeAsync(app => app.MapGet("/tasks", Answers.Nothing).AllowAnyToken());

        Assert.Equal("PersonalAccessToken[]", document.Security("/tasks"));
    }
}
