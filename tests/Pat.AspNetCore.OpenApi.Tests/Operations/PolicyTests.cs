using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>The policy in force for an endpoint says what its operation names, wherever the policy comes from.</summary>
public sealed class PolicyTests
{
    private static readonly AuthorizationPolicy Read =
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireScope("read").Build();

    [Fact]
    public async Task A_named_policy_counts()
    {
        var document = await DescribeAsync(options => options.AddPolicy("own", Read));

        Assert.Equal("PersonalAccessToken[read]", document.Security("/own"));
        Assert.Equal("PersonalAccessToken[write]", document.Security("/scope"));
        Assert.Equal("", document.Security("/plain"));
    }

    [Fact]
    public async Task The_default_policy_counts_where_authorization_is_asked_for()
    {
        var document = await DescribeAsync(options => options.DefaultPolicy = Read);

        Assert.Equal("PersonalAccessToken[read]", document.Security("/plain"));
        Assert.Equal("", document.Security("/bare"));
    }

    [Fact]
    public async Task The_fallback_policy_counts_where_nothing_is_stated()
    {
        var document = await DescribeAsync(options => options.FallbackPolicy = Read);

        Assert.Equal("PersonalAccessToken[read]", document.Security("/bare"));
        Assert.Equal("", document.Security("/plain"));
    }

    [Fact]
    public async Task A_policy_that_is_not_there_spoils_its_own_operation_alone()
    {
        await using var app = await DocumentApp.StartAsync(app =>
        {
            Map(app);
            app.MapGet("/misspelt", Answers.Nothing).RequireAuthorization("onw").WithDisplayName("the misspelt one");
        }, services: services => services.AddAuthorizationBuilder().AddPolicy("own", Read));

        var document = await app.ReadDocumentAsync();

        Assert.Equal("", document.Security("/misspelt"));
        Assert.Equal("PersonalAccessToken[read]", document.Security("/own"));
        var line = Assert.Single(app.Logs.GetSnapshot(), record => record.Id.Id == 550 && record.Level == LogLevel.Warning);
        Assert.Contains("the misspelt one", line.Message, StringComparison.Ordinal);
        Assert.Contains("'onw'", line.Exception!.Message, StringComparison.Ordinal);
    }

    private static Task<Document> DescribeAsync(Action<AuthorizationOptions> authorization) =>
        DocumentApp.DescribeAsync(Map, services: services =>
        {
            services.AddAuthorizationBuilder().AddPolicy("own", policy => policy.RequireAuthenticatedUser());
            services.Configure(authorization);
        });

    private static void Map(WebApplication app)
    {
        app.MapGet("/bare", Answers.Nothing);
        app.MapGet("/plain", Answers.Nothing).RequireAuthorization();
        app.MapGet("/own", Answers.Nothing).RequireAuthorization("own");
        app.MapGet("/scope", Answers.Nothing).RequireAuthorization(PersonalAccessTokenPolicies.Write);
    }
}
