using System.Net;

namespace Pat.Manual.Tests;

/// <summary>Tokens beside OpenID Connect.</summary>
public sealed class OpenIdConnectTests(OpenIdConnectApplication application) : IClassFixture<OpenIdConnectApplication>
{
    [Fact]
    public async Task A_person_is_sent_to_the_provider()
    {
        using var response = await GetAsync("/page", null);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("login.example.com", response.Headers.Location!.Host);
    }

    [Theory]
    [InlineData("/page", HttpStatusCode.Forbidden)]
    [InlineData("/tasks", HttpStatusCode.OK)]
    public async Task A_token_is_not(string path, HttpStatusCode expected)
    {
        using var response = await GetAsync(path, application.Token);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pat_bad")]
    public async Task Nor_is_anybody_where_a_scope_is_asked_for(string? token)
    {
        using var response = await GetAsync("/tasks", token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task The_owners_id_is_where_the_application_has_it()
    {
        using var response = await GetAsync("/tasks", application.Token);

        Assert.Equal("alice", await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? token)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = application.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {token}");
        }

        return await client.SendAsync(request);
    }
}
