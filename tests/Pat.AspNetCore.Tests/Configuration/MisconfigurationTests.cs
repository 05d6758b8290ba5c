using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.Tests;

/// <summary>A misconfigured application does not start, and is told what is wrong and what to do.</summary>
public sealed class MisconfigurationTests
{
    [Fact]
    public async Task Every_fault_of_the_tokens_is_told_at_once()
    {
        var faults = await FaultsAsync(tokens: options =>
        {
            options.TokenPrefix = "Acme-Pat";
            options.MaxTokensPerOwner = 0;
            options.MaxLifetime = TimeSpan.FromSeconds(1);
            options.InactivityPeriod = TimeSpan.FromHours(1);
        });

        Assert.Collection(
            faults,
            fault => AssertTells(fault, "TokenPrefix: 'Acme-Pat'", "acme_pat"),
            fault => AssertTells(fault, "MaxTokensPerOwner: 0", "1 to 10000"),
            fault => AssertTells(fault, "MaxLifetime: 00:00:01", "Set it to 00:01:00"),
            fault => AssertTells(fault, "InactivityPeriod: 01:00:00", "Set it to 1.00:00:00"));
    }

    [Fact]
    public async Task Stamps_that_nothing_tells_can_not_end_tokens()
    {
        var faults = await FaultsAsync(tokens: options => options.RevokeOnSecurityStampChange = true);

        AssertTells(Assert.Single(faults), "RevokeOnSecurityStampChange", "AddIdentityOwners", "AddOwnerSource");
    }

    [Theory]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com/page")]
    [InlineData("app.example.com")]
    [InlineData("*")]
    public async Task An_allowed_origin_is_what_browsers_send(string origin)
    {
        var faults = await FaultsAsync(services: services =>
            services.Configure<PersonalAccessTokenManagementOptions>(options => options.AllowedOrigins.Add(origin)));

        AssertTells(Assert.Single(faults), $"'{origin}'", "https://app.example.com");
    }

    [Fact]
    public async Task A_failed_start_is_not_followed_by_failures_of_the_background_work()
    {
        var log = new FakeLogCollector();
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(
            map: app => app.MapGet("/tasks", () => "").RequireScope("raed"),
            services: builder => builder.Logging.AddProvider(new FakeLoggerProvider(log))));

        Assert.DoesNotContain(log.GetSnapshot(), record =>
            record.Message.Contains("BackgroundService", StringComparison.Ordinal) && record.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task An_application_without_a_store_is_told_how_to_add_one()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPersonalAccessTokens();
        await using var app = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        AssertTells(Assert.Single(exception.Failures), "no store", "AddEntityFrameworkStore<YourDbContext>()");
    }

    [Fact]
    public async Task Every_fault_of_a_scheme_is_told_at_once()
    {
        var faults = await FaultsAsync(scheme: options =>
        {
            options.Realm = "two\nlines";
            options.TokenPrefixes.Add("unknown");
            options.OwnerIdClaimType = "";
        });

        Assert.Collection(
            faults,
            fault => AssertTells(fault, "PersonalAccessToken: Realm", "printable ASCII"),
            fault => AssertTells(fault, "'unknown'", "Add it to AcceptedPrefixes"),
            fault => AssertTells(fault, "OwnerIdClaimType is empty", "name the claim"));
    }

    [Fact]
    public async Task Two_schemes_can_not_take_the_same_prefix()
    {
        var faults = await FaultsAsync(services: services => services.AddAuthentication()
            .AddPersonalAccessTokens(options => options.TokenPrefixes.Add("pat"))
            .AddPersonalAccessTokens("Ci", options => options.TokenPrefixes.Add("pat")));

        AssertTells(Assert.Single(faults), "PersonalAccessToken and Ci", "'pat'", "one of them only");
    }

    [Fact]
    public async Task A_second_scheme_names_its_prefixes()
    {
        var faults = await FaultsAsync(services: services => services.AddAuthentication()
            .AddPersonalAccessTokens().AddPersonalAccessTokens("Ci"));

        AssertTells(Assert.Single(faults), "PersonalAccessToken and Ci", "Name the prefixes");
    }

    [Fact]
    public async Task Limits_for_others_that_would_be_ignored_stop_the_start()
    {
        var faults = await FaultsAsync(
            tokens: options => options.AcceptedPrefixes.Add("ci"),
            services: services => services.AddAuthentication()
                .AddPersonalAccessTokens()
                .AddPersonalAccessTokens("Ci", options =>
                {
                    options.TokenPrefixes.Add("ci");
                    options.LimitOthers = static _ => [];
                }));

        AssertTells(Assert.Single(faults), "Ci: LimitOthers", "first scheme", "Configure<PersonalAccessTokenAuthenticationOptions>(PersonalAccessTokenDefaults.AuthenticationScheme, o => o.LimitOthers = ...)");
    }

    [Theory]
    [InlineData("LimitOthers")]
    [InlineData("OwnerIdClaimType")]
    [InlineData("SecurityStampClaimType")]
    public async Task What_is_set_without_a_schemes_name_stops_the_start(string setting)
    {
        var faults = await FaultsAsync(services: services =>
            services.Configure<PersonalAccessTokenAuthenticationOptions>(options => Set(options, setting)));

        AssertTells(
            Assert.Single(faults),
            $"{setting} is set without a scheme's name",
            $"Configure<PersonalAccessTokenAuthenticationOptions>(PersonalAccessTokenDefaults.AuthenticationScheme, o => o.{setting} = ...)");
    }

    [Fact]
    public async Task Without_its_name_a_scheme_with_a_name_of_its_own_is_told_by_it()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(
            authentication: authentication => authentication.AddPersonalAccessTokens("Tokens"),
            services: builder => builder.Services.Configure<PersonalAccessTokenAuthenticationOptions>(options => Set(options, "OwnerIdClaimType"))));

        AssertTells(Assert.Single(exception.Failures), "Configure<PersonalAccessTokenAuthenticationOptions>(\"Tokens\", o => o.OwnerIdClaimType = ...)");
    }

    [Theory]
    [InlineData("LimitOthers")]
    [InlineData("OwnerIdClaimType")]
    [InlineData("SecurityStampClaimType")]
    public async Task What_is_set_for_all_schemes_is_no_fault(string setting)
    {
        await using var before = await TestApp.StartAsync(services: builder => AddSchemes(builder.Services)
            .ConfigureAll<PersonalAccessTokenAuthenticationOptions>(options => Set(options, setting)));
        await using var after = await TestApp.StartAsync(services: builder => AddSchemes(builder.Services)
            .PostConfigureAll<PersonalAccessTokenAuthenticationOptions>(options => Set(options, setting)));

        static IServiceCollection AddSchemes(IServiceCollection services) => services
            .Configure<PersonalAccessTokenOptions>(options => options.AcceptedPrefixes.Add("ci"))
            .AddAuthentication()
            .AddPersonalAccessTokens()
            .AddPersonalAccessTokens("Ci", options => options.TokenPrefixes.Add("ci")).Services;
    }

    [Fact]
    public async Task The_faults_of_every_scheme_are_told()
    {
        var exception = await Assert.ThrowsAsync<AggregateException>(() => TestApp.StartAsync(
            scheme: options => options.Realm = "two\nlines",
            services: builder => builder.Services.AddAuthentication()
                .AddPersonalAccessTokens().AddPersonalAccessTokens("Ci", options => options.TokenPrefixes.Add("unknown"))));

        AssertTells(exception.Message, "PersonalAccessToken: Realm", "Ci: TokenPrefixes has 'unknown'");
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(
        Action<PersonalAccessTokenOptions>? tokens = null,
        Action<PersonalAccessTokenAuthenticationOptions>? scheme = null,
        Action<IServiceCollection>? services = null)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(
            tokens: tokens, scheme: scheme, services: builder => services?.Invoke(builder.Services)));
        return [.. exception.Failures];
    }

    private static void Set(PersonalAccessTokenAuthenticationOptions options, string setting)
    {
        switch (setting)
        {
            case "LimitOthers":
                options.LimitOthers = user => user.HasClaim(options.OwnerIdClaimType, "") ? [] : null;
                break;

            case "OwnerIdClaimType":
                options.OwnerIdClaimType = "sub";
                break;

            default:
                options.SecurityStampClaimType = "stamp";
                break;
        }
    }

    private static void AssertTells(string fault, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, fault, StringComparison.Ordinal));
}
