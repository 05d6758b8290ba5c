using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>Operations that take no tokens.</summary>
public sealed class ClosedEndpointTests
{
    [Theory]
    [InlineData("/bare")]
    [InlineData("/session")]
    [InlineData("/public")]
    public async Task A_closed_endpoint_says_nothing_of_tokens(string path)
    {
        var document = await DocumentApp.DescribeAsync(app =>
        {
            app.MapGet("/bare", Answers.Nothing);
            app.MapGet("/session", Answers.Nothing).RequireAuthorization();
            app.MapGet("/public", Answers.Nothing).RequireScope("read").AllowAnonymous();
        });

        Assert.Equal("", document.Security(path));
        Assert.Equal(["200"], document.Operation(path).GetProperty("responses").EnumerateObject().Select(response => response.Name));
    }

    [Fact]
    public async Task The_management_API_takes_no_token_but_on_what_a_token_does_to_itself()
    {
        var document = await DocumentApp.DescribeAsync(app => app.MapPersonalAccessTokens());

        Assert.Equal("", document.Security(PersonalAccessTokenDefaults.ManagementPath));
        Assert.Equal("", document.Security(PersonalAccessTokenDefaults.ManagementPath, "post"));
        Assert.Equal("", document.Security(PersonalAccessTokenDefaults.ManagementPath + "/{id}", "delete"));
        Assert.Equal("PersonalAccessToken[]", document.Security(PersonalAccessTokenDefaults.ManagementPath + "/self"));
    }
}
