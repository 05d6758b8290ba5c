using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>What a caller learns about a token that is refused.</summary>
public sealed class RefusalTests
{
    public static TheoryData<string> Reasons =>
        ["malformed", "checksum", "unknown", "wrong secret", "expired", "revoked", "inactive", "owner disabled", "owner gone", "unreadable hash"];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Row_17_every_reason_gets_the_same_answer(string reason)
    {
        var owners = new TestOwners();
        await using var app = await StartAsync(owners);
        var token = await RefusedTokenAsync(app, owners, reason);

        using var response = await app.GetAsync(UsualEndpoints.Read, token);
        using var reference = await app.GetAsync(UsualEndpoints.Read, TokenValues.OfUnknownId());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal([ChallengeTests.InvalidToken], response.Challenges());
        Assert.Equal(await DescribeAsync(reference), await DescribeAsync(response));
    }

    [Theory]
    [InlineData("expired", "expired")]
    [InlineData("revoked", "revoked")]
    [InlineData("inactive", "not used")]
    [InlineData("owner disabled", "owner")]
    public async Task Whoever_holds_the_secret_is_told_why_where_the_application_wants_it(string reason, string word)
    {
        var owners = new TestOwners();
        await using var app = await StartAsync(owners, scheme => scheme.IncludeErrorDetails = true);
        var token = await RefusedTokenAsync(app, owners, reason);

        using var holder = await app.GetAsync(UsualEndpoints.Read, token);
        using var guesser = await app.GetAsync(UsualEndpoints.Read, TokenValues.WithWrongSecret(token));

        var challenge = Assert.Single(holder.Challenges());
        Assert.StartsWith("Bearer error=\"invalid_token\", error_description=\"", challenge, StringComparison.Ordinal);
        Assert.Contains(word, challenge, StringComparison.Ordinal);
        Assert.NotEqual(ChallengeTests.InvalidToken, challenge);
        Assert.Equal([ChallengeTests.InvalidToken], guesser.Challenges());
    }

    [Theory]
    [InlineData("malformed")]
    [InlineData("checksum")]
    [InlineData("unknown")]
    [InlineData("wrong secret")]
    public async Task Whoever_does_not_hold_the_secret_is_told_nothing_even_then(string reason)
    {
        var owners = new TestOwners();
        await using var app = await StartAsync(owners, scheme => scheme.IncludeErrorDetails = true);

        using var response = await app.GetAsync(UsualEndpoints.Read, await RefusedTokenAsync(app, owners, reason));

        Assert.Equal([ChallengeTests.InvalidToken], response.Challenges());
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task The_log_says_why_and_never_the_token(string reason)
    {
        var owners = new TestOwners();
        await using var app = await StartAsync(owners);
        var token = await RefusedTokenAsync(app, owners, reason);

        using var response = await app.GetAsync(UsualEndpoints.Read, token);

        var records = app.Logs.GetSnapshot();
        Assert.Contains(records, record => record.Id.Id is 100 or 102);
        Assert.DoesNotContain(records, record => record.Message.Contains(token[^30..], StringComparison.Ordinal));
    }

    private static Task<TestApp> StartAsync(
        TestOwners owners, Action<PersonalAccessTokenAuthenticationOptions>? scheme = null) =>
        TestApp.StartAsync(
            UsualEndpoints.Map,
            tokens: options => options.InactivityPeriod = TimeSpan.FromDays(10),
            scheme: scheme,
            services: builder => builder.Services.AddProblemDetails().AddSingleton<IPersonalAccessTokenOwnerSource>(owners));

    private static async Task<string> RefusedTokenAsync(TestApp app, TestOwners owners, string reason)
    {
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        var token = created.Value!;
        switch (reason)
        {
            case "malformed":
                return token[..^10];
            case "checksum":
                return TokenValues.WithWrongChecksum(token);
            case "unknown":
                return TokenValues.OfUnknownId();
            case "wrong secret":
                return TokenValues.WithWrongSecret(token);
            case "expired":
                app.Time.Advance(TimeSpan.FromDays(30));
                return token;
            case "revoked":
                await app.Manager.RevokeAsync(created.Token!.Id, "Lost.");
                return token;
            case "inactive":
                app.Time.Advance(TimeSpan.FromDays(10));
                return token;
            case "owner disabled":
                owners.Set(TestApp.Alice, isActive: false);
                return token;
            case "owner gone":
                owners.Remove(TestApp.Alice);
                return token;
            default:
                return await TokenValues.StoreColdAsync(app, "$argon2id$v=19$m=1$nonsense");
        }
    }

    /// <summary>All that a caller sees, save what differs between any two requests.</summary>
    private static async Task<string> DescribeAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {header.Value}");
        var body = await response.Content.ReadAsStringAsync();
        var trace = body.IndexOf("\"traceId\"", StringComparison.Ordinal);
        return string.Join('\n', [.. headers, trace < 0 ? body : body[..trace]]);
    }
}
