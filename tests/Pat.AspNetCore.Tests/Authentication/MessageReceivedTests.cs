using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.Tests;

public sealed class MessageReceivedTests
{
    private const string OwnHeader = "X-Api-Key";

    [Fact]
    public async Task A_token_from_elsewhere_takes_the_place_of_the_header()
    {
        await using var app = await StartAsync(TakeOwnHeader);
        var token = await app.CreateTokenAsync("read");
        var bobs = (await app.CreateTokenAsync(TestApp.Bob, ["read"])).Value!;

        using var response = await SendAsync(app, HttpMethod.Get, UsualEndpoints.Read, token, authorization: $"Bearer {bobs}");

        Assert.Contains($"{ClaimTypes.NameIdentifier}={TestApp.Alice}", await response.ClaimsAsync());
    }

    [Fact]
    public async Task A_bad_value_from_elsewhere_is_a_bad_token()
    {
        await using var app = await StartAsync(TakeOwnHeader);

        using var response = await SendAsync(app, HttpMethod.Get, UsualEndpoints.Read, "nonsense", await app.SignInAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("error=\"invalid_token\"", Assert.Single(response.Challenges()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_can_accept_a_caller_of_its_own()
    {
        await using var app = await StartAsync(AcceptBot);

        using var response = await app.GetAsync(UsualEndpoints.Read);

        Assert.Equal([$"{ClaimTypes.NameIdentifier}=bot"], await response.ClaimsAsync());
    }

    [Fact]
    public async Task An_application_can_accept_a_caller_of_its_own_in_place_of_the_token_that_came()
    {
        // Authentication before routing: a first look finds no endpoint, so that the token counts as not accepted there.
        await using var app = await StartAsync(AcceptBot, web => web.UseAuthentication().UseRouting().UseAuthorization());

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        Assert.Equal([$"{ClaimTypes.NameIdentifier}=bot"], await response.ClaimsAsync());
    }

    [Fact]
    public async Task A_refusal_is_an_invalid_token_and_no_cookie_takes_its_place()
    {
        await using var app = await StartAsync(context =>
        {
            context.Fail("Not from here.");
            return Task.CompletedTask;
        });

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"), await app.SignInAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("error=\"invalid_token\"", Assert.Single(response.Challenges()), StringComparison.Ordinal);
        Assert.Equal(0, app.Store.Lookups);
    }

    [Fact]
    public async Task Without_a_result_the_request_has_no_token()
    {
        await using var app = await StartAsync(context =>
        {
            context.NoResult();
            return Task.CompletedTask;
        });
        var token = await app.CreateTokenAsync("read");

        using var response = await app.GetAsync(UsualEndpoints.Read, token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["Bearer"], response.Challenges());
    }

    [Fact]
    public async Task A_closed_endpoint_is_not_asked_about()
    {
        var calls = 0;
        await using var app = await StartAsync(_ =>
        {
            Interlocked.Increment(ref calls);
            return Task.CompletedTask;
        });
        var token = await app.CreateTokenAsync("read");

        using var closed = await app.GetAsync(UsualEndpoints.Closed, token);
        using var open = await app.GetAsync(UsualEndpoints.Open, token);

        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
        Assert.Equal("anonymous", await open.Content.ReadAsStringAsync());
        Assert.Equal(0, calls);
    }

    private static Task<TestApp> StartAsync(
        Func<PersonalAccessTokenMessageReceivedContext, Task> received, Action<WebApplication>? pipeline = null) =>
        TestApp.StartAsync(UsualEndpoints.Map, scheme: scheme => scheme.Events!.OnMessageReceived = received, pipeline: pipeline);

    private static Task TakeOwnHeader(PersonalAccessTokenMessageReceivedContext context)
    {
        context.Token = context.Request.Headers[OwnHeader];
        return Task.CompletedTask;
    }

    private static Task AcceptBot(PersonalAccessTokenMessageReceivedContext context)
    {
        context.Principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "bot")], "bots"));
        context.Success();
        return Task.CompletedTask;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestApp app, HttpMethod method, string path, string value, string? cookie = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add(OwnHeader, value);
        foreach (var (name, text) in new[] { ("Cookie", cookie), ("Authorization", authorization) })
        {
            if (text is not null)
            {
                request.Headers.Add(name, text);
            }
        }

        return await app.Client.SendAsync(request);
    }
}
