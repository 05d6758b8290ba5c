using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.Tests;

/// <summary>An error page executed for a request with a token keeps the answer and sees no user of the token.</summary>
public sealed class ErrorPageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Status_and_challenge_survive_a_status_page(bool createScope)
    {
        await using var app = await StartAsync(createScope);

        using var refused = await app.GetAsync("/read", "pat_garbage");
        using var forbidden = await app.GetAsync("/write", await app.CreateTokenAsync("read"));
        using var closed = await app.GetAsync("/page", await app.CreateTokenAsync("read"));

        refused.AssertChallenge(HttpStatusCode.Unauthorized, Answers.Refused);
        forbidden.AssertChallenge(HttpStatusCode.Forbidden, "Bearer error=\"insufficient_scope\", scope=\"write\"");
        closed.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        foreach (var response in new[] { refused, forbidden, closed })
        {
            Assert.Equal("error page for nobody", await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("/missing", HttpStatusCode.NotFound, false)]
    [InlineData("/missing", HttpStatusCode.NotFound, true)]
    [InlineData("/throws", HttpStatusCode.InternalServerError, false)]
    [InlineData("/throws", HttpStatusCode.InternalServerError, true)]
    public async Task The_error_page_of_an_accepted_token_sees_nobody(string path, HttpStatusCode expected, bool createScope)
    {
        await using var app = await StartAsync(createScope);

        using var response = await app.GetAsync(path, await app.CreateTokenAsync("read"), await app.SignInAsync(TestApp.Bob));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("error page for nobody", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/missing")]
    [InlineData("/throws")]
    public async Task The_error_page_sees_nobody_where_an_event_supplied_the_token(string path)
    {
        await using var app = await StartAsync(createScope: false, scheme: options =>
            options.Events!.OnMessageReceived = received =>
            {
                received.Token = received.Request.Query["token"];
                return Task.CompletedTask;
            });

        Assert.Equal("error page for nobody", await app.GetAsync($"{path}?token={await app.CreateTokenAsync("read")}").TextAsync());
    }

    [Fact]
    public async Task The_error_page_of_a_session_still_sees_its_user()
    {
        await using var app = await StartAsync(createScope: false);

        Assert.Equal("error page for bob", await app.GetAsync("/missing", cookie: await app.SignInAsync(TestApp.Bob)).TextAsync());
    }

    private static Task<TestApp> StartAsync(bool createScope, Action<PersonalAccessTokenAuthenticationOptions>? scheme = null) =>
        TestApp.StartAsync(
            scheme: scheme,
            pipeline: app =>
            {
                app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", CreateScopeForErrors = createScope });
                app.UseStatusCodePagesWithReExecute("/error", null, createScope);
                app.UseAuthentication();
                app.UseAuthorization();
            },
            map: app =>
            {
                app.MapGet("/read", Answers.Who).RequireScope("read");
                app.MapGet("/write", Answers.Who).RequireScope("write");
                app.MapGet("/page", Answers.Who).RequireAuthorization();
                app.MapGet("/missing", () => Results.NotFound()).RequireScope("read");
                app.MapGet("/throws", IResult () => throw new InvalidOperationException("As the test wants it.")).RequireScope("read");
                app.Map("/error", (HttpContext context) => $"error page for {Answers.Who(context)}");
            });
}
