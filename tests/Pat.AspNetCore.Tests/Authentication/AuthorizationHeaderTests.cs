using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

public sealed class AuthorizationHeaderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer   ")]
    [InlineData("Bearer pat")]
    [InlineData("Bearer PAT_0")]
    [InlineData("Bearer patient_0")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("Basic YWxpY2U6c2VjcmV0")]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer{0}")]
    [InlineData("Token {0}")]
    [InlineData("\u00a0Bearer {0}")]
    [InlineData("\vBearer {0}")]
    public async Task What_is_none_of_ours_is_as_if_nothing_came(string? header)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");

        var (status, challenges) = await RawRequest.GetAsync(
            app, UsualEndpoints.Read, header is null ? [] : ["Authorization: " + header.Replace("{0}", token, StringComparison.Ordinal)]);

        Assert.Equal(401, status);
        Assert.Equal(["Bearer"], challenges);
        Assert.Equal(0, app.Store.Lookups);
    }

    [Theory]
    [InlineData("Authorization: Bearer {0}, Bearer {0}")]
    [InlineData("Authorization: Bearer {0},Basic YWxpY2U6c2VjcmV0")]
    [InlineData("Authorization: Basic YWxpY2U6c2VjcmV0, bearer  {0}")]
    [InlineData("Authorization: Bearer eyJh.e30.x, Bearer {0}")]
    [InlineData("Authorization: Bearer eyJh.e30.x, {0}")]
    [InlineData("Authorization: Bearer {0}|Authorization: Bearer {0}")]
    [InlineData("Authorization: Basic YWxpY2U6c2VjcmV0|Authorization: Bearer {0}")]
    [InlineData("Authorization: Bearer {0}|authorization: Bearer eyJh.e30.x")]
    public async Task Two_values_one_of_them_ours_are_no_valid_request(string lines)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");
        var cookie = await app.SignInAsync();

        var (status, challenges) = await RawRequest.GetAsync(
            app, UsualEndpoints.Read, [.. lines.Replace("{0}", token, StringComparison.Ordinal).Split('|'), $"Cookie: {cookie}"]);

        Assert.Equal(400, status);
        Assert.StartsWith("Bearer error=\"invalid_request\"", Assert.Single(challenges), StringComparison.Ordinal);
        Assert.Equal(0, app.Store.Lookups);
    }

    [Theory]
    [InlineData("Authorization: Basic YWxpY2U6c2VjcmV0|Authorization: Bearer eyJh.e30.x")]
    [InlineData("Authorization: Digest username=\"pat_x\", realm=\"pat_y\"")]
    public async Task Several_values_none_of_them_ours_are_left_to_others(string lines)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var cookie = await app.SignInAsync();

        var (status, _) = await RawRequest.GetAsync(app, UsualEndpoints.Read, [.. lines.Split('|'), $"Cookie: {cookie}"]);

        Assert.Equal(200, status);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(257)]
    [InlineData(20_000)]
    public async Task A_value_that_is_too_long_is_refused_unread(int prefixLength)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");
        using var known = await app.GetAsync(UsualEndpoints.Read, token);
        var lookups = app.Store.Lookups;

        // It ends as a token does that is proven and in memory, so that only the length keeps it from being compared with that.
        using var response = await app.GetAsync(UsualEndpoints.Read, "pat_".PadRight(prefixLength, '0') + token["pat".Length..]);

        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal([Answers.Refused], response.Challenges());
        Assert.Equal(lookups, app.Store.Lookups);
    }

    [Fact]
    public async Task A_foreign_bearer_value_is_explained_by_the_scheme_that_reads_it()
    {
        await using var app = await TestApp.StartAsync(
            UsualEndpoints.Map,
            authentication: authentication => authentication.Services
                .AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer());
        var token = await app.CreateTokenAsync("read");

        using var jwt = await app.GetAsync(UsualEndpoints.Read, TokenValues.Jwt);
        using var ours = await app.GetAsync(UsualEndpoints.Read, token);
        using var wrong = await app.GetAsync(UsualEndpoints.Read, TokenValues.WithWrongSecret(token));
        using var nothing = await app.GetAsync(UsualEndpoints.Read);

        Assert.Equal(HttpStatusCode.OK, ours.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, jwt.StatusCode);
        Assert.StartsWith("Bearer error=\"invalid_token\"", Assert.Single(jwt.Challenges()), StringComparison.Ordinal);
        Assert.NotEqual([Answers.Refused], jwt.Challenges());
        Assert.Equal([Answers.Refused], wrong.Challenges());
        Assert.Equal(["Bearer"], nothing.Challenges());
    }

    [Theory]
    [InlineData("Bearer x,{0}", 400)]
    [InlineData("Bearer x ,  Bearer   {0}", 400)]
    [InlineData("Bearer x,Bearer{0}", 401)]
    [InlineData("Bearer x,y{0}", 401)]
    [InlineData("Bearer x,pat_y {0}", 400)]
    public async Task Among_several_values_ours_is_found_where_credentials_begin_and_nowhere_else(string header, int expected)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");

        var (status, _) = await RawRequest.GetAsync(
            app, UsualEndpoints.Read, "Authorization: " + header.Replace("{0}", token, StringComparison.Ordinal));

        Assert.Equal(expected, status);
    }
}
