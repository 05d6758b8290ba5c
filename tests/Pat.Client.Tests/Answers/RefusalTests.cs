using System.Net;
using Microsoft.AspNetCore.Http;

namespace Pat.Client.Tests;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_token_that_the_server_refuses_is_told_with_the_servers_words()
    {
        var exception = await RefuseAsync(401, """Bearer error="invalid_token", error_description="The access token expired." """);

        Assert.Equal(PersonalAccessTokenProblem.TokenRefused, exception.Problem);
        Assert.Equal(HttpStatusCode.Unauthorized, exception.StatusCode);
        Assert.EndsWith(
            "refused the token in the callback (401): The access token expired. Create a new one and store it there.",
            exception.Message,
            StringComparison.Ordinal);
        Tokens.AssertAbsent(exception.ToString());
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Basic realm=\"x, Bearer error=invalid_token\"")]
    [InlineData("")]
    [InlineData("=,\"")]
    public async Task No_reason_is_invented_where_the_server_gives_none(string challenge)
    {
        var exception = await RefuseAsync(401, challenge);

        Assert.Equal(PersonalAccessTokenProblem.NotAuthenticated, exception.Problem);
        Assert.DoesNotContain("expired", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Bearer_challenge_is_found_among_others()
    {
        var exception = await RefuseAsync(
            401, """Basic realm="a, b", bearer realm="x", Bearer error="invalid_token", error_description="It was \"revoked\", or not.", Negotiate""");

        Assert.Equal(PersonalAccessTokenProblem.TokenRefused, exception.Problem);
    }

    [Theory]
    [InlineData("write", "the scope 'write'")]
    [InlineData("tasks:read tasks:write", "the scope 'tasks:read', 'tasks:write'")]
    public async Task A_missing_scope_is_named(string scopes, string expected)
    {
        var exception = await RefuseAsync(403, $"Bearer error=\"insufficient_scope\", scope=\"{scopes}\"");

        Assert.Equal(PersonalAccessTokenProblem.InsufficientScope, exception.Problem);
        Assert.Equal(scopes.Split(' '), exception.MissingScopes);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_takes_no_tokens_is_told()
    {
        var exception = await RefuseAsync(
            403, """Bearer error="insufficient_scope", error_description="This endpoint does not accept personal access tokens." """);

        Assert.Equal(PersonalAccessTokenProblem.TokensNotAccepted, exception.Problem);
        Assert.Contains("This endpoint does not accept personal access tokens. Sign in", exception.Message, StringComparison.Ordinal);
        Assert.Empty(exception.MissingScopes);
    }

    [Fact]
    public async Task Another_403_is_told_without_scopes()
    {
        var exception = await RefuseAsync(403, "");

        Assert.Equal(PersonalAccessTokenProblem.Forbidden, exception.Problem);
        Assert.Equal(HttpStatusCode.Forbidden, exception.StatusCode);
    }

    public static TheoryData<string> Descriptions => ["a \\\"forged\\\" one", new string('x', 200) + "forged", "{forged\\\\"];

    [Theory, MemberData(nameof(Descriptions))]
    public async Task Words_of_the_server_that_are_not_as_RFC_6750_has_them_are_left_out(string description)
    {
        var exception = await RefuseAsync(401, $"Bearer error=\"invalid_token\", error_description=\"{description}\"");

        Assert.DoesNotContain("forged", exception.Message, StringComparison.Ordinal);
        Assert.Contains("It is unknown, expired or revoked.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Other_answers_are_the_callers(int status)
    {
        await using var server = await KestrelServer.StartAsync(status);
        using var host = new ClientHost(server.Address);

        var response = await host.CreateClient().GetAsync("/");

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Refusals_are_the_callers_where_they_are_not_thrown(int status)
    {
        await using var server = await KestrelServer.StartAsync(status);
        using var host = new ClientHost(server.Address, options => options.ThrowOnRefusal = false);

        var response = await host.CreateClient().GetAsync("/");

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_message_that_an_answer_refers_to_holds_no_token()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address);

        var response = await host.CreateClient().GetAsync("/");

        Tokens.AssertAbsent(response.RequestMessage!.ToString());
        Assert.Equal(Tokens.Header, server.Received[0].Authorization);
    }

    private static async Task<PersonalAccessTokenException> RefuseAsync(int status, string challenge)
    {
        await using var server = await KestrelServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.WWWAuthenticate = challenge;
            return Task.CompletedTask;
        });
        using var host = new ClientHost(server.Address);
        return await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));
    }
}
