using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

/// <summary>Both kinds of options are read from the scheme's section, as for the framework's own schemes.</summary>
public sealed class ConfigurationBindingTests
{
    private const string Section = "Authentication:Schemes:PersonalAccessToken:";

    [Fact]
    public async Task What_tokens_are_is_read_from_the_schemes_section()
    {
        var key = Enumerable.Range(1, 32).Select(number => (byte)number).ToArray();
        await using var app = await StartAsync(new()
        {
            ["TokenPrefix"] = "acme_pat",
            ["AcceptedPrefixes:0"] = "old_pat",
            ["MaxTokensPerOwner"] = "7",
            ["MaxLifetime"] = "30.12:00:00",
            ["UsageResolution"] = "00:01:30",
            ["AllowNoExpiry"] = "true",
            ["LastUsedAddress"] = "Network",
            ["Scopes:0:Name"] = "tasks:write",
            ["Scopes:0:Description"] = "Change tasks",
            ["Scopes:0:Implies:0"] = "read",
            ["Hashing:Iterations"] = "3",
            ["Hashing:Peppers:0:KeyId"] = "2026-11",
            ["Hashing:Peppers:0:Key"] = Convert.ToBase64String(key),
        });

        var options = app.Services.GetRequiredService<IOptions<PersonalAccessTokenOptions>>().Value;

        Assert.Equal(("acme_pat", 7, true), (options.TokenPrefix, options.MaxTokensPerOwner, options.AllowNoExpiry));
        Assert.Equal(["old_pat"], options.AcceptedPrefixes);
        Assert.Equal(new TimeSpan(30, 12, 0, 0), options.MaxLifetime);
        Assert.Equal(TimeSpan.FromSeconds(90), options.UsageResolution);
        Assert.Equal(PersonalAccessTokenAddressRecording.Network, options.LastUsedAddress);
        Assert.Equal(["read", "write", "tasks:write"], options.Scopes.Select(scope => scope.Name));
        Assert.Equal(("Change tasks", "read"), (options.Scopes[2].Description, Assert.Single(options.Scopes[2].Implies)));
        Assert.Equal(3, options.Hashing.Iterations);
        Assert.Equal(key, Assert.Single(options.Hashing.Peppers).Key);
    }

    [Fact]
    public async Task A_token_of_a_configured_application_works()
    {
        await using var app = await StartAsync(new()
        {
            ["TokenPrefix"] = "acme_pat",
            ["Hashing:Peppers:0:KeyId"] = "1",
            ["Hashing:Peppers:0:Key"] = Convert.ToBase64String(SecretHashers.Pepper("1").Key),
            ["Realm"] = "tasks",
        });
        var token = await app.CreateTokenAsync("read");

        using var good = await app.GetAsync(UsualEndpoints.Read, token);
        using var nothing = await app.GetAsync(UsualEndpoints.Read);

        Assert.StartsWith("acme_pat_", token, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(["Bearer realm=\"tasks\""], nothing.Challenges());
    }

    [Fact]
    public async Task How_a_scheme_answers_is_read_from_its_section()
    {
        await using var app = await StartAsync(new()
        {
            ["Realm"] = "tasks",
            ["IncludeErrorDetails"] = "true",
            ["ForwardTokens"] = "false",
            ["TokenPrefixes:0"] = "pat",
            ["OwnerIdClaimType"] = "sub",
            ["ForwardForbid"] = "Cookies",
        });

        var options = app.Services.GetRequiredService<IOptionsMonitor<PersonalAccessTokenAuthenticationOptions>>()
            .Get(PersonalAccessTokenDefaults.AuthenticationScheme);

        Assert.Equal(("tasks", true, false, "sub"), (options.Realm, options.IncludeErrorDetails, options.ForwardTokens, options.OwnerIdClaimType));
        Assert.Equal(["pat"], options.TokenPrefixes);
        Assert.Equal("Cookies", options.ForwardForbid);
    }

    [Fact]
    public async Task What_code_sets_wins_over_configuration()
    {
        await using var app = await StartAsync(
            new() { ["TokenPrefix"] = "configured", ["MaxTokensPerOwner"] = "7", ["Realm"] = "configured" },
            tokens: options => options.TokenPrefix = "coded",
            authentication: authentication => TestHost.AddCookies(authentication.Services.AddAuthentication("Cookies"))
                .AddPersonalAccessTokens(options => options.Realm = "coded"));

        var options = app.Services.GetRequiredService<IOptions<PersonalAccessTokenOptions>>().Value;
        using var nothing = await app.GetAsync(UsualEndpoints.Read);

        Assert.Equal(("coded", 7), (options.TokenPrefix, options.MaxTokensPerOwner));
        Assert.Equal(["Bearer realm=\"coded\""], nothing.Challenges());
    }

    [Fact]
    public async Task A_scheme_with_a_name_of_its_own_has_a_section_of_its_own()
    {
        await using var app = await TestApp.StartAsync(
            web => web.MapGet(UsualEndpoints.Read, () => "read").RequireScope("read"),
            services: builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Authentication:Schemes:Tokens:TokenPrefix"] = "own",
                ["Authentication:Schemes:Tokens:Realm"] = "own",
                [Section + "TokenPrefix"] = "foreign",
            }),
            authentication: authentication => authentication.AddPersonalAccessTokens("Tokens"));

        using var nothing = await app.GetAsync(UsualEndpoints.Read);

        Assert.StartsWith("own_", await app.CreateTokenAsync("read"), StringComparison.Ordinal);
        Assert.Equal(["Bearer realm=\"own\""], nothing.Challenges());
    }

    [Theory]
    [InlineData("TokenPrefx", "acme", "PersonalAccessToken:TokenPrefx", "TokenPrefix")]
    [InlineData("MaxStalenes", "00:00:05", "PersonalAccessToken:MaxStalenes", "MaxStaleness")]
    [InlineData("Hashing:Iteration", "3", "Hashing:Iteration", "Iterations")]
    [InlineData("Scopes:0", "tasks:read", "Scopes:0", "Name, Description, Implies")]
    public async Task What_is_no_setting_stops_the_start(string name, string value, string path, string cure)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new() { [name] = value }));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(cure, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AcceptedPrefixes", "former", "PersonalAccessToken:AcceptedPrefixes", "AcceptedPrefixes:0")]
    [InlineData("TokenPrefixes", "ci", "PersonalAccessToken:TokenPrefixes", "TokenPrefixes:0")]
    [InlineData("Hashing:Peppers", "S3CR3TS3CR3T", "Hashing:Peppers", "Hashing:Peppers:0")]
    [InlineData("RevokeOnSecurityStampChange:Enabled", "true", "RevokeOnSecurityStampChange", "single value, and has Enabled")]
    [InlineData("MaxStaleness:Seconds", "5", "MaxStaleness", "single value, and has Seconds")]
    [InlineData("Hashing:Peppers:0:Key", "S3CR3T_S3CR3T-S3CR3T", "Hashing:Peppers:0:Key", "base64")]
    public async Task What_would_be_left_out_without_a_word_stops_the_start(string name, string value, string path, string cure)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new() { [name] = value }));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(cure, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CR3T", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MaxLifetime", "set it in code: AddPersonalAccessTokens(o => o.MaxLifetime = null)")]
    [InlineData("MaxFailuresPerAddressPerMinute", "o.MaxFailuresPerAddressPerMinute = null")]
    [InlineData("hashing:maxStoredMemoryKib", "o.Hashing.MaxStoredMemoryKib = null")]
    [InlineData("MaxStaleness", "remove the key for the default")]
    [InlineData("MaxTokensPerOwner", "remove the key for the default")]
    [InlineData("RevokeOnSecurityStampChange", "remove the key for the default")]
    [InlineData("Hashing:Algorithm", "remove the key for the default")]
    [InlineData("IncludeErrorDetails", "remove the key for the default")]
    public async Task An_empty_value_takes_no_limit_away(string name, string cure)
    {
        var fault = Assert.Single((await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new() { [name] = "" }))).Failures);

        Assert.StartsWith(
            $"{Section}{name} in the configuration is empty, as an unset variable leaves it", fault, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(cure, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MaxLifetime", "90d", "Write days, hours, minutes and seconds: 90.00:00:00")]
    [InlineData("StoreTimeout", "5 s", "Write days, hours, minutes and seconds: 90.00:00:00")]
    [InlineData("InactivityPeriod", "1.48:00:00", "Write days, hours, minutes and seconds: 90.00:00:00")]
    [InlineData("MaxLifetime", "48:00:00", "would be read as so many days. Write days before a point")]
    [InlineData("MaxTokensPerOwner", "fifty", "no whole number")]
    [InlineData("Hashing:MaxStoredMemoryKib", "64M", "no whole number")]
    [InlineData("AllowNoExpiry", "yes", "neither true nor false")]
    [InlineData("Hashing:Algorithm", "bcrypt", "none of Argon2id, Sha256")]
    [InlineData("LastUsedAddress", "half", "none of None, Network, Full")]
    [InlineData("LimitOthers", "scp", "set LimitOthers in code")]
    [InlineData("EventsType", "Own.Events", "set EventsType in code")]
    public async Task A_value_that_can_not_be_read_is_told_with_the_form_that_can(string name, string value, string cure)
    {
        var fault = Assert.Single((await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new() { [name] = value }))).Failures);

        Assert.StartsWith($"{Section}{name} in the configuration ", fault, StringComparison.Ordinal);
        Assert.Contains(cure, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(value, fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_binder_reads_is_no_fault()
    {
        await using var app = await StartAsync(new() { ["LastUsedAddress"] = "network", ["AllowNoExpiry"] = "True", ["MaxLifetime"] = "90" });

        var options = app.Services.GetRequiredService<IOptions<PersonalAccessTokenOptions>>().Value;
        Assert.Equal((PersonalAccessTokenAddressRecording.Network, true), (options.LastUsedAddress, options.AllowNoExpiry));
        Assert.Equal(TimeSpan.FromDays(90), options.MaxLifetime);
    }

    [Fact]
    public async Task Null_is_for_what_can_be_null()
    {
        await using var app = await StartAsync(new() { ["MaxLifetime"] = null });
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new() { ["Retention"] = null }));

        Assert.Null(app.Services.GetRequiredService<IOptions<PersonalAccessTokenOptions>>().Value.MaxLifetime);
        Assert.Contains("PersonalAccessToken:Retention", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_a_list_or_for_a_text_is_no_fault()
    {
        await using var app = await StartAsync(new() { ["AcceptedPrefixes"] = "", ["Hashing:Peppers"] = "", ["Realm"] = "" });

        Assert.Empty(app.Services.GetRequiredService<IOptions<PersonalAccessTokenOptions>>().Value.AcceptedPrefixes);
    }

    [Fact]
    public async Task Every_fault_of_the_configuration_is_told_at_once()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            new() { ["MaxLifetime"] = "", ["MaxStaleness"] = "", ["TokenPrefx"] = "acme" },
            authentication: authentication => authentication.AddPersonalAccessTokens().AddPersonalAccessTokens("Second"),
            more: new() { ["Authentication:Schemes:Second:ForwardTokens"] = "" }));

        Assert.Equal(
            [
                "Authentication:Schemes:PersonalAccessToken:MaxLifetime",
                "Authentication:Schemes:PersonalAccessToken:MaxStaleness",
                "Authentication:Schemes:PersonalAccessToken:TokenPrefx",
                "Authentication:Schemes:Second:ForwardTokens",
            ],
            fault.Failures.Select(failure => failure.Split(' ')[0]));
    }

    [Fact]
    public async Task What_tokens_are_is_no_setting_of_a_further_scheme()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            new() { ["TokenPrefix"] = "first" },
            tokens: options => options.AcceptedPrefixes.Add("second"),
            authentication: authentication =>
            {
                authentication.AddPersonalAccessTokens(options => options.TokenPrefixes.Add("first"));
                authentication.AddPersonalAccessTokens("Second", options => options.TokenPrefixes.Add("second"));
            },
            more: new() { ["Authentication:Schemes:Second:TokenPrefix"] = "second" }));

        Assert.Contains("Authentication:Schemes:Second:TokenPrefix", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    private static Task<TestApp> StartAsync(
        Dictionary<string, string?> settings,
        Action<PersonalAccessTokenOptions>? tokens = null,
        Action<AuthenticationBuilder>? authentication = null,
        Dictionary<string, string?>? more = null) =>
        TestApp.StartAsync(
            UsualEndpoints.Map,
            tokens: tokens,
            services: builder => builder.Configuration.AddInMemoryCollection(
                settings.Select(setting => KeyValuePair.Create(Section + setting.Key, setting.Value)).Concat(more ?? [])),
            authentication: authentication);
}
