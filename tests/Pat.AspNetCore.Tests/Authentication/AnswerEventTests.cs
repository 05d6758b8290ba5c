using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.Tests;

/// <summary>The events Challenge and Forbidden.</summary>
public sealed class AnswerEventTests
{
    [Fact]
    public async Task An_application_can_answer_a_challenge_itself()
    {
        await using var app = await StartAsync(events => events.OnChallenge = context =>
        {
            context.HandleResponse();
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            return context.Response.WriteAsync("short and stout");
        });

        using var response = await app.GetAsync(UsualEndpoints.Read);

        Assert.Equal((HttpStatusCode)418, response.StatusCode);
        Assert.Equal("short and stout", await response.Content.ReadAsStringAsync());
        Assert.Empty(response.Challenges());
    }

    [Fact]
    public async Task An_application_can_change_what_a_challenge_says()
    {
        await using var app = await StartAsync(events => events.OnChallenge = context =>
        {
            context.StatusCode = StatusCodes.Status400BadRequest;
            context.Error = "invalid_request";
            context.ErrorDescription = "Say \"please\".";
            return Task.CompletedTask;
        });

        using var response = await app.GetAsync(UsualEndpoints.Read);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["""Bearer error="invalid_request", error_description="Say \"please\"." """.TrimEnd()], response.Challenges());
    }

    [Fact]
    public async Task What_an_application_says_in_a_challenge_can_not_break_the_header()
    {
        await using var app = await StartAsync(events => events.OnChallenge = context =>
        {
            context.ErrorDescription = "one\r\nSet-Cookie: two \u00e9";
            return Task.CompletedTask;
        });

        using var response = await app.GetAsync(UsualEndpoints.Read);

        Assert.Equal(["""Bearer error_description="one??Set-Cookie: two ?" """.TrimEnd()], response.Challenges());
    }

    [Fact]
    public async Task A_challenge_says_beforehand_what_it_would_answer()
    {
        var seen = new List<(int Status, string? Error, bool HasFailure)>();
        await using var app = await StartAsync(events => events.OnChallenge = context =>
        {
            seen.Add((context.StatusCode, context.Error, context.AuthenticateFailure is not null));
            return Task.CompletedTask;
        });
        var token = await app.CreateTokenAsync("read");

        using var nothing = await app.GetAsync(UsualEndpoints.Read);
        using var wrong = await app.GetAsync(UsualEndpoints.Read, TokenValues.OfUnknownId());
        using var twice = await app.GetAsync(UsualEndpoints.Read, authorization: $"Bearer {token}, Bearer {token}");
        using var closed = await app.GetAsync(UsualEndpoints.Closed, token);
        app.Store.Fail(new TimeoutException());
        using var down = await app.GetAsync(UsualEndpoints.Read, token);

        Assert.Equal(
            [
                (401, null, false), (401, "invalid_token", true), (400, "invalid_request", true), (403, "insufficient_scope", false),
                (503, null, true),
            ],
            seen);
    }

    [Fact]
    public async Task An_outage_can_be_answered_otherwise()
    {
        await using var app = await StartAsync(
            events => events.OnChallenge = context =>
            {
                context.StatusCode = StatusCodes.Status500InternalServerError;
                return Task.CompletedTask;
            },
            web => web.MapGet("/two", () => "two").RequireAuthorization(policy =>
                policy.AddAuthenticationSchemes("Cookies").RequireScope("read")));
        var token = await app.CreateTokenAsync("read");
        app.Store.Fail(new TimeoutException());

        using var usual = await app.GetAsync(UsualEndpoints.Read, token);
        using var besideAnother = await app.GetAsync("/two", token);

        Assert.Equal(HttpStatusCode.InternalServerError, usual.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, besideAnother.StatusCode);
    }

    [Fact]
    public async Task An_application_can_answer_a_refusal_itself()
    {
        await using var app = await StartAsync(events => events.OnForbidden = context =>
        {
            context.HandleResponse();
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });

        using var response = await app.PostAsync(UsualEndpoints.Write, await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(response.Challenges());
    }

    [Fact]
    public async Task A_refusal_says_which_scopes_are_missing()
    {
        IReadOnlyList<string>? missing = null;
        await using var app = await StartAsync(events => events.OnForbidden = context =>
        {
            missing = context.MissingScopes;
            return Task.CompletedTask;
        });

        using var response = await app.PostAsync(UsualEndpoints.Write, await app.CreateTokenAsync("read"));

        Assert.Equal(["write"], missing);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static Task<TestApp> StartAsync(Action<PersonalAccessTokenEvents> events, Action<WebApplication>? map = null) =>
        TestApp.StartAsync(
            app =>
            {
                UsualEndpoints.Map(app);
                map?.Invoke(app);
            },
            scheme: scheme => events(scheme.Events!));
}
