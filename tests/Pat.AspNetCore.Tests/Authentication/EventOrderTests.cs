using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

public sealed class EventOrderTests
{
    [Fact]
    public async Task A_good_token_is_received_and_validated()
    {
        var calls = new List<string>();
        await using var app = await StartAsync(calls);

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        Assert.Equal(["MessageReceived", "TokenValidated"], calls);
    }

    [Fact]
    public async Task A_token_without_the_scope_is_forbidden_after_that()
    {
        var calls = new List<string>();
        await using var app = await StartAsync(calls);

        using var response = await app.PostAsync(UsualEndpoints.Write, await app.CreateTokenAsync("read"));

        Assert.Equal(["MessageReceived", "TokenValidated", "Forbidden"], calls);
    }

    [Fact]
    public async Task A_bad_token_fails_and_is_challenged()
    {
        var calls = new List<string>();
        await using var app = await StartAsync(calls);

        using var response = await app.GetAsync(UsualEndpoints.Read, TokenValues.OfUnknownId());

        Assert.Equal(["MessageReceived", "AuthenticationFailed", "Challenge"], calls);
    }

    [Fact]
    public async Task A_request_without_a_token_is_received_and_challenged()
    {
        var calls = new List<string>();
        await using var app = await StartAsync(calls);

        using var response = await app.GetAsync(UsualEndpoints.Read);

        Assert.Equal(["MessageReceived", "Challenge"], calls);
    }

    [Fact]
    public async Task After_a_result_at_the_beginning_no_token_is_judged()
    {
        var calls = new List<string>();
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, scheme: scheme =>
        {
            scheme.Events!.OnMessageReceived = context =>
            {
                context.Fail("Not today.");
                return Task.CompletedTask;
            };
            scheme.Events.OnTokenValidated = _ => Note(calls, "TokenValidated");
            scheme.Events.OnAuthenticationFailed = _ => Note(calls, "AuthenticationFailed");
            scheme.Events.OnChallenge = _ => Note(calls, "Challenge");
        });

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        Assert.Equal(["Challenge"], calls);
    }

    [Theory]
    [InlineData("MessageReceived")]
    [InlineData("TokenValidated")]
    [InlineData("AuthenticationFailed")]
    [InlineData("Challenge")]
    [InlineData("Forbidden")]
    public async Task What_an_event_throws_surfaces(string name)
    {
        var thrown = new InvalidOperationException("A fault of the application's.");
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, scheme: scheme =>
        {
            scheme.Events!.OnMessageReceived = _ => Throw("MessageReceived");
            scheme.Events.OnTokenValidated = _ => Throw("TokenValidated");
            scheme.Events.OnAuthenticationFailed = _ => Throw("AuthenticationFailed");
            scheme.Events.OnChallenge = _ => Throw("Challenge");
            scheme.Events.OnForbidden = _ => Throw("Forbidden");
        });
        var token = await app.CreateTokenAsync("read");

        using var response = name is "AuthenticationFailed" or "Challenge"
            ? await app.GetAsync(UsualEndpoints.Read, TokenValues.WithWrongSecret(token))
            : await app.PostAsync(UsualEndpoints.Write, token);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Exception == thrown);

        Task Throw(string thrower) => thrower == name ? throw thrown : Task.CompletedTask;
    }

    [Fact]
    public async Task An_application_that_takes_its_events_away_gets_the_usual_behaviour()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, scheme: scheme => scheme.Events = null);

        using var good = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));
        using var bad = await app.GetAsync(UsualEndpoints.Read, TokenValues.OfUnknownId());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (good.StatusCode, bad.StatusCode));
    }

    private static Task<TestApp> StartAsync(List<string> calls) =>
        TestApp.StartAsync(
            UsualEndpoints.Map,
            scheme: scheme => scheme.EventsType = typeof(NotingEvents),
            services: builder => builder.Services.AddSingleton(calls).AddScoped<NotingEvents>());

    private static Task Note(List<string> calls, string name)
    {
        calls.Add(name);
        return Task.CompletedTask;
    }
}
