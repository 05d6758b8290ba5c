using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>How a document describes the schemes for tokens.</summary>
public sealed class SecuritySchemeTests
{
    [Theory]
    [InlineData(OpenApiSpecVersion.OpenApi3_0)]
    [InlineData(OpenApiSpecVersion.OpenApi3_1)]
    public async Task The_scheme_says_what_tokens_look_like_and_may_do(OpenApiSpecVersion version)
    {
        var document = await DocumentApp.DescribeAsync(Map, version, options =>
        {
            options.TokenPrefix = "acme_pat";
            options.AddScope("tasks", "Read tasks, and all else", "read", "write");
        });

        var scheme = document.SecurityScheme("PersonalAccessToken");

        Assert.Equal("http", scheme.GetProperty("type").GetString());
        Assert.Equal("bearer", scheme.GetProperty("scheme").GetString());
        Assert.Equal("acme_pat_{id}_{secret}", scheme.GetProperty("bearerFormat").GetString());
        Assert.Equal(
            """
            A personal access token, in `Authorization: Bearer`. It begins with `acme_pat_`. Signed-in users create their own.

            Its scopes say what it may do:

            - `read`: Read everything you can read
            - `write`: Change everything you can change (and `read`)
            - `tasks`: Read tasks, and all else (and `read`, `write`)
            """,
            scheme.GetProperty("description").GetString());
    }

    [Fact]
    public async Task New_tokens_form_comes_before_former_ones()
    {
        var document = await DocumentApp.DescribeAsync(Map, tokens: options =>
        {
            options.TokenPrefix = "acme";
            options.AcceptedPrefixes.Add("former_acme");
        });

        var scheme = document.SecurityScheme("PersonalAccessToken");

        Assert.Equal("acme_{id}_{secret}", scheme.GetProperty("bearerFormat").GetString());
        Assert.Contains(
            "It begins with `acme_` or `former_acme_`.", scheme.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("See [your settings](/settings). ", " It begins with `pat_`. See [your settings](/settings).\n")]
    [InlineData(null, " It begins with `pat_`.\n")]
    [InlineData(" ", " It begins with `pat_`.\n")]
    public async Task The_application_says_how_to_get_a_token(string? said, string written)
    {
        var document = await DocumentApp.DescribeAsync(
            Map, openApi: options => options.AddPersonalAccessTokens(tokens => tokens.HowToGetOne = said));

        Assert.Contains(
            written, document.SecurityScheme("PersonalAccessToken").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_scheme_is_described_and_an_alternative()
    {
        var document = await DescribeTwoAsync();

        Assert.Equal(["Ci_tokens_", "PersonalAccessToken"], document.SecuritySchemes.Order(StringComparer.Ordinal));
        Assert.Equal("acme_{id}_{secret}", document.SecurityScheme("PersonalAccessToken").GetProperty("bearerFormat").GetString());
        Assert.Equal("acme_ci_{id}_{secret}", document.SecurityScheme("Ci_tokens_").GetProperty("bearerFormat").GetString());
        Assert.Equal("PersonalAccessToken[read] or Ci_tokens_[read]", document.Security("/tasks"));
    }

    [Fact]
    public async Task An_endpoint_that_names_a_scheme_takes_that_schemes_tokens_alone()
    {
        var document = await DescribeTwoAsync();

        Assert.Equal("Ci_tokens_[read]", document.Security("/ci"));
    }

    private static Task<Document> DescribeTwoAsync() => DocumentApp.DescribeAsync(
        app =>
        {
            Map(app);
            app.MapGet("/ci", Answers.Nothing)
                .RequireScope("read")
                .RequireAuthorization(policy => policy.AddAuthenticationSchemes("Ci tokens!").RequireAuthenticatedUser());
        },
        tokens: options =>
        {
            options.TokenPrefix = "acme";
            options.AcceptedPrefixes.Add("acme_ci");
        },
        services: services => services.AddAuthentication()
            .AddPersonalAccessTokens("Ci tokens!", scheme => scheme.TokenPrefixes.Add("acme_ci")));

    private static void Map(WebApplication app) => app.MapGet("/tasks", Answers.Nothing).RequireScope("read");
}
