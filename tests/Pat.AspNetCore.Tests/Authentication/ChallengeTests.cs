using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Status and challenge for every row of the table of answers.</summary>
public sealed class ChallengeTests
{
    [Fact]
    public async Task No_credentials_are_answered_401_and_no_error_even_to_a_browser()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        using var request = new HttpRequestMessage(HttpMethod.Get, UsualEndpoints.Read);
        request.Headers.Add("Accept", "text/html");

        using var response = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["Bearer"], response.Challenges());
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task Two_values_are_answered_400_invalid_request()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");

        using var response = await app.GetAsync(UsualEndpoints.Read, authorization: $"Bearer {token}, Basic eDp5");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            ["Bearer error=\"invalid_request\", error_description=\"Send one access token in one Authorization header, and no other credentials there.\""],
            response.Challenges());
    }

    [Fact]
    public async Task A_missing_scope_is_answered_403_with_the_scope_that_is_needed()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);

        using var response = await app.PostAsync(UsualEndpoints.Write, await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(["Bearer error=\"insufficient_scope\", scope=\"write\""], response.Challenges());
    }

    [Fact]
    public async Task Several_missing_scopes_stand_in_one_attribute()
    {
        await using var app = await TestApp.StartAsync(
            web => web.MapGet("/both", () => "both").RequireScope("read", "write", "audit"),
            tokens: options => options.AddScope("audit", "See who did what"));

        using var response = await app.GetAsync("/both", await app.CreateTokenAsync("read"));

        Assert.Equal(["Bearer error=\"insufficient_scope\", scope=\"write audit\""], response.Challenges());
    }

    [Fact]
    public async Task A_refusal_for_another_reason_than_a_scope_names_none()
    {
        await using var app = await TestApp.StartAsync(
            web => web.MapGet("/admin", () => "admin").RequireScope("read").RequireAuthorization(policy => policy.RequireRole("admin")));

        using var response = await app.GetAsync("/admin", await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(response.Challenges());
    }

    [Theory]
    [InlineData("good")]
    [InlineData("unknown")]
    [InlineData("malformed")]
    public async Task A_closed_endpoint_answers_403_to_anything_with_our_prefix_unread(string kind)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = kind switch
        {
            "good" => await app.CreateTokenAsync("read", "write"),
            "unknown" => TokenValues.OfUnknownId(),
            _ => "pat_x",
        };

        using var alone = await app.GetAsync(UsualEndpoints.Closed, token);
        using var besideCookie = await app.GetAsync(UsualEndpoints.Closed, token, await app.SignInAsync());

        foreach (var response in new[] { alone, besideCookie })
        {
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal([Answers.Closed], response.Challenges());
        }

        Assert.Equal(0, app.Store.Lookups);
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Id.Id == 101 && record.Message.Contains(UsualEndpoints.Closed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_public_endpoint_lets_a_token_in_as_anybody_unread()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);

        using var response = await app.GetAsync(UsualEndpoints.Open, await app.CreateTokenAsync("read"));

        Assert.Equal("anonymous", await response.Content.ReadAsStringAsync());
        Assert.Equal(0, app.Store.Lookups);
    }

    [Fact]
    public async Task The_realm_stands_in_every_challenge_with_its_quotes_escaped()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, scheme: scheme => scheme.Realm = """the "A\B" API""");
        var token = await app.CreateTokenAsync("read");

        using var nothing = await app.GetAsync(UsualEndpoints.Read);
        using var wrong = await app.GetAsync(UsualEndpoints.Read, TokenValues.WithWrongSecret(token));
        using var scope = await app.PostAsync(UsualEndpoints.Write, token);

        const string Realm = """Bearer realm="the \"A\\B\" API" """;
        Assert.Equal([Realm.TrimEnd()], nothing.Challenges());
        Assert.Equal([Answers.Refused.Replace("Bearer ", Realm.TrimEnd() + ", ", StringComparison.Ordinal)], wrong.Challenges());
        Assert.Equal([Realm.TrimEnd() + ", error=\"insufficient_scope\", scope=\"write\""], scope.Challenges());
    }

    [Fact]
    public async Task A_page_of_the_application_still_redirects_who_is_not_signed_in()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);

        using var response = await app.GetAsync(UsualEndpoints.Closed);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/login", response.Headers.Location!.AbsolutePath);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bodies_are_problem_details_where_the_application_has_them(bool hasProblemDetails)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, services: builder =>
        {
            if (hasProblemDetails)
            {
                builder.Services.AddProblemDetails();
            }
        });
        var token = await app.CreateTokenAsync("read");

        using var unauthorized = await app.GetAsync(UsualEndpoints.Read, TokenValues.OfUnknownId());
        using var forbidden = await app.PostAsync(UsualEndpoints.Write, token);
        app.Store.Fail(new TimeoutException());
        using var unavailable = await app.GetAsync(UsualEndpoints.Read, TokenValues.OfUnknownId());

        foreach (var (response, status) in new[] { (unauthorized, 401), (forbidden, 403), (unavailable, 503) })
        {
            var body = await response.Content.ReadAsStringAsync();
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(hasProblemDetails ? "application/problem+json" : "text/plain", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(hasProblemDetails, body.Contains($"\"status\":{status}", StringComparison.Ordinal));
        }
    }
}
