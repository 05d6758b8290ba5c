using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore.Tests;

/// <summary>An address that presents too much that is no genuine token is turned away, where the application asks for that.</summary>
public sealed class FailureLimitTests
{
    private const string Attacker = "203.0.113.7";
    private const string Other = "198.51.100.1";
    private const int Most = 3;

    [Fact]
    public async Task The_address_is_answered_429_until_a_minute_after_its_first_failure()
    {
        await using var app = await StartAsync();
        await FailAsync(app, Attacker, Most);

        app.Time.Advance(TimeSpan.FromSeconds(12.5));
        using var limited = await app.GetFromAsync(Attacker, TokenValues.OfUnknownId());
        app.Time.Advance(TimeSpan.FromSeconds(47.5) - TimeSpan.FromTicks(1));
        var before = await app.StatusFromAsync(Attacker, TokenValues.OfUnknownId());
        app.Time.Advance(TimeSpan.FromTicks(1));
        var after = await app.StatusFromAsync(Attacker, TokenValues.OfUnknownId());

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(48), limited.Headers.RetryAfter?.Delta);
        Assert.Empty(limited.Headers.WwwAuthenticate);
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.Unauthorized), (before, after));
    }

    [Fact]
    public async Task Nothing_is_asked_of_the_store_for_it()
    {
        await using var app = await StartAsync();
        await FailAsync(app, Attacker, Most);
        var lookups = app.Store.Lookups;

        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusFromAsync(Attacker, TokenValues.OfUnknownId()));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusFromAsync(Attacker, "pat_garbage"));
        Assert.Equal(lookups, app.Store.Lookups);
    }

    [Fact]
    public async Task Other_addresses_are_not_touched()
    {
        await using var app = await StartAsync();
        var cold = await TokenValues.StoreColdAsync(app);
        await FailAsync(app, Attacker, Most);

        Assert.Equal(HttpStatusCode.OK, await app.StatusFromAsync(Other, cold));
        Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusFromAsync(Other, TokenValues.OfUnknownId()));
    }

    [Fact]
    public async Task A_proven_token_is_never_touched_not_even_where_the_store_is_read_for_it()
    {
        await using var app = await StartAsync();
        var proven = await app.CreateTokenAsync("read");
        await FailAsync(app, Attacker, Most);

        var fresh = await app.StatusFromAsync(Attacker, proven);
        app.Time.Advance(TimeSpan.FromSeconds(30));
        var stale = await app.StatusFromAsync(Attacker, proven);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (fresh, stale));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusFromAsync(Attacker, TokenValues.WithWrongSecret(proven)));
    }

    [Fact]
    public async Task A_genuine_token_that_is_not_proven_waits_and_works_after()
    {
        await using var app = await StartAsync();
        var cold = await TokenValues.StoreColdAsync(app);
        await FailAsync(app, Attacker, Most);

        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusFromAsync(Attacker, cold));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await app.StatusFromAsync(Attacker, cold));
    }

    [Fact]
    public async Task A_genuine_token_that_ended_and_an_outage_do_not_count()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await app.Manager.RevokeAsync(created.Token!.Id);
        for (var i = 0; i < Most * 2; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusFromAsync(Attacker, created.Value!));
        }

        app.Store.Fail();
        for (var i = 0; i < Most * 2; i++)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.StatusFromAsync(Attacker, TokenValues.OfUnknownId()));
        }

        await app.RecoverAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusFromAsync(Attacker, TokenValues.OfUnknownId()));
    }

    [Fact]
    public async Task Garbage_bad_checksums_unknown_ids_and_wrong_secrets_count_alike()
    {
        await using var app = await StartAsync(most: 4);
        var token = await app.CreateTokenAsync("read");
        foreach (var bad in new[] { "pat_garbage", TokenValues.WithWrongChecksum(token), TokenValues.OfUnknownId(), TokenValues.WithWrongSecret(token) })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusFromAsync(Attacker, bad));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusFromAsync(Attacker, "pat_garbage"));
    }

    [Fact]
    public async Task What_is_no_token_of_ours_does_not_count()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < Most * 2; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusFromAsync(Attacker, TokenValues.Jwt));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusFromAsync(Attacker, "pat_garbage"));
    }

    [Fact]
    public async Task An_IPv6_address_shares_its_64_network()
    {
        await using var app = await StartAsync();
        await FailAsync(app, "2001:db8:1:2::1", 1);
        await FailAsync(app, "2001:db8:1:2::2", 1);
        await FailAsync(app, "2001:db8:1:2:ffff::3", 1);

        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusFromAsync("2001:db8:1:2::4", TokenValues.OfUnknownId()));
        Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusFromAsync("2001:db8:1:3::1", TokenValues.OfUnknownId()));
    }

    [Fact]
    public async Task A_connection_without_an_address_is_not_limited()
    {
        await using var app = await StartAsync();

        await FailAsync(app, "none", Most * 2);
    }

    [Fact]
    public async Task Without_the_option_nobody_is_limited()
    {
        await using var app = await StartAsync(most: null);

        await FailAsync(app, Attacker, 50);
    }

    [Fact]
    public async Task A_forwarded_address_counts_from_a_trusted_proxy_only()
    {
        await using var app = await StartAsync(pipeline: web =>
        {
            Addresses.UseAddresses(web);
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
            options.KnownProxies.Add(IPAddress.Parse(Other));
            web.UseForwardedHeaders(options);
            TestApp.UsualPipeline(web);
        });

        // The attacker names a new address each time, past the proxy: it is still the attacker.
        for (var i = 0; i < Most; i++)
        {
            await app.StatusFromAsync(Attacker, TokenValues.OfUnknownId(), forwardedFor: $"192.0.2.{i}");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusFromAsync(Attacker, TokenValues.OfUnknownId(), forwardedFor: "192.0.2.99"));

        // Through the proxy, callers are told apart.
        for (var i = 0; i < Most; i++)
        {
            await app.StatusFromAsync(Other, TokenValues.OfUnknownId(), forwardedFor: "192.0.2.50");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusFromAsync(Other, TokenValues.OfUnknownId(), forwardedFor: "192.0.2.50"));
        Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusFromAsync(Other, TokenValues.OfUnknownId(), forwardedFor: "192.0.2.51"));
    }

    [Fact]
    public async Task It_is_measured_and_said_once_with_the_address()
    {
        await using var app = await StartAsync();
        using var limited = app.Measure<long>("pat.verification.limited");
        await FailAsync(app, Attacker, Most);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusFromAsync(Attacker, "pat_garbage"));
        }

        Assert.Equal(5, limited.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        var said = Assert.Single(app.Logs.GetSnapshot(), record => record.Id.Id == 103);
        Assert.Equal(LogLevel.Warning, said.Level);
        Assert.StartsWith($"{Attacker} has presented 3 tokens", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_takes_part_hears_of_it()
    {
        var heard = new List<bool>();
        await using var app = await StartAsync(scheme: scheme => scheme.Events!.OnAuthenticationFailed = context =>
        {
            heard.Add(context.IsLimited);
            return Task.CompletedTask;
        });
        await FailAsync(app, Attacker, Most);

        using var response = await app.GetFromAsync(Attacker, TokenValues.OfUnknownId());

        Assert.Equal([false, false, false, true], heard);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task The_addresses_that_are_counted_are_bounded()
    {
        await using var app = await StartAsync();
        var limits = app.Services.GetRequiredService<FailureLimits>();
        for (var i = 0; i < FailureLimits.MaxAddresses * 2; i++)
        {
            var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
            context.Connection.RemoteIpAddress = new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]);
            limits.Count(context);
        }

        Assert.InRange(limits.CountedAddresses, FailureLimits.MaxAddresses / 2, FailureLimits.MaxAddresses);
    }

    private static async Task FailAsync(TestApp app, string address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusFromAsync(address, TokenValues.OfUnknownId()));
        }
    }

    private static Task<TestApp> StartAsync(
        int? most = Most, Action<PersonalAccessTokenAuthenticationOptions>? scheme = null, Action<WebApplication>? pipeline = null) =>
        TestApp.StartAsync(
            UsualEndpoints.Map,
            tokens: options => options.MaxFailuresPerAddressPerMinute = most,
            scheme: scheme,
            pipeline: pipeline ?? Addresses.Pipeline);
}
