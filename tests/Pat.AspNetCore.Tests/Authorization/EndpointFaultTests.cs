using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.Tests;

/// <summary>What stops a start is told so that it can be found and cured.</summary>
public sealed class EndpointFaultTests
{
    [Fact]
    public async Task An_endpoint_without_a_name_is_called_so()
    {
        var fault = Assert.Single(await FaultsAsync(app =>
            app.MapGet("/nameless", Answers.Who).RequireScope("raed").Finally(endpoint => endpoint.DisplayName = null)));

        Assert.StartsWith("An endpoint without a name asks tokens for the scope 'raed', which is not known.", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_does_not_say_whether_it_takes_tokens_is_told_of_as_one()
    {
        var fault = Assert.Single(await FaultsAsync(Explicit, app => app.MapGet("/first", Answers.Who).RequireAuthorization()));

        Assert.StartsWith(
            "RequireExplicitTokenAccess(): HTTP: GET /first => Who requires authorization and does not say whether personal access tokens may call.",
            fault,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_do_not_say_it_are_told_of_as_two()
    {
        var fault = Assert.Single(await FaultsAsync(Explicit, app =>
        {
            app.MapGet("/first", Answers.Who).RequireAuthorization();
            app.MapGet("/second", Answers.Who).RequireAuthorization();
        }));

        Assert.StartsWith(
            "RequireExplicitTokenAccess(): HTTP: GET /first => Who; HTTP: GET /second => Who require authorization and do not say whether",
            fault,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_scope_is_not_known_nothing_else_is_asked_for() =>
        Assert.Contains("'raed'", Assert.Single(await FaultsAsync(Explicit, app =>
        {
            app.MapGet("/silent", Answers.Who).RequireAuthorization();
            app.MapGet("/misspelt", Answers.Who).RequireScope("raed");
        })), StringComparison.Ordinal);

    [Fact]
    public async Task A_hub_whose_scope_would_go_by_its_requests_methods_stops_the_start()
    {
        var fault = Assert.Single(await FaultsAsync(SignalR, app => app.MapGroup("/api").RequireScopeByMethod().MapHub<NotesHub>("/notes")));
        await using var app = await TestApp.StartAsync(
            app => app.MapGroup("/api").RequireScopeByMethod().MapHub<NotesHub>("/notes").RequireScope("read"), services: SignalR);

        Assert.StartsWith("/api/notes is a hub under RequireScopeByMethod()", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endpoint")]
    [InlineData("endpoint in an open group")]
    [InlineData("group in an open group")]
    [InlineData("handler")]
    [InlineData("hub")]
    [InlineData("action")]
    [InlineData("controller, opened by its mapping")]
    public async Task A_scope_that_AllowAnonymous_switches_off_stops_the_start_where_endpoints_have_to_state_what_they_take(string kind)
    {
        var fault = Assert.Single(await FaultsAsync(builder => ScopesSwitchedOff.AddServices(Explicitly(builder), kind), app => ScopesSwitchedOff.Map(app, kind)));

        Assert.StartsWith("RequireExplicitTokenAccess(): AllowAnonymous opens to everybody what asks tokens for a scope: ", fault, StringComparison.Ordinal);
        Assert.Matches("[/.][oO]ff[ /;.]", fault);
        Assert.Contains("Take AllowAnonymous off", fault, StringComparison.Ordinal);
    }

    private static WebApplicationBuilder Explicitly(WebApplicationBuilder builder)
    {
        Explicit(builder);
        return builder;
    }

    private static void SignalR(WebApplicationBuilder builder) => builder.Services.AddSignalR();

    private static void Explicit(WebApplicationBuilder builder) => new PersonalAccessTokenBuilder(builder.Services).RequireExplicitTokenAccess();

    private static Task<IEnumerable<string>> FaultsAsync(Action<WebApplication> map) => FaultsAsync(static _ => { }, map);

    private static async Task<IEnumerable<string>> FaultsAsync(Action<WebApplicationBuilder> services, Action<WebApplication> map) =>
        (await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(map, services: services))).Failures;

    private sealed class NotesHub : Hub;
}
