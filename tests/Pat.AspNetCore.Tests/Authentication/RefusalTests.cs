using Pat.TestSupport;

using static Pat.AspNetCore.TestSupport.RefusedTokens;

namespace Pat.AspNetCore.Tests;

/// <summary>What a caller learns about a token that is refused.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("expired", "expired")]
    [InlineData("revoked", "revoked")]
    [InlineData("inactive", "not used")]
    [InlineData("owner disabled", "owner")]
    public async Task Whoever_holds_the_secret_is_told_why_where_the_application_wants_it(string reason, string word)
    {
        var owners = TestOwners.AliceAndBob();
        await using var app = await StartAsync(owners, scheme => scheme.IncludeErrorDetails = true);
        var token = await RefusedTokenAsync(app, owners, reason);

        using var holder = await app.GetAsync(UsualEndpoints.Read, token);
        using var guesser = await app.GetAsync(UsualEndpoints.Read, TokenValues.WithWrongSecret(token));

        var challenge = Assert.Single(holder.Challenges());
        Assert.StartsWith("Bearer error=\"invalid_token\", error_description=\"", challenge, StringComparison.Ordinal);
        Assert.Contains(word, challenge, StringComparison.Ordinal);
        Assert.NotEqual(Answers.Refused, challenge);
        Assert.Equal([Answers.Refused], guesser.Challenges());
    }

    [Theory]
    [InlineData("malformed")]
    [InlineData("checksum")]
    [InlineData("unknown")]
    [InlineData("wrong secret")]
    public async Task Whoever_does_not_hold_the_secret_is_told_nothing_even_then(string reason)
    {
        var owners = TestOwners.AliceAndBob();
        await using var app = await StartAsync(owners, scheme => scheme.IncludeErrorDetails = true);

        using var response = await app.GetAsync(UsualEndpoints.Read, await RefusedTokenAsync(app, owners, reason));

        Assert.Equal([Answers.Refused], response.Challenges());
    }

    [Theory]
    [InlineData("malformed", "malformed")]
    [InlineData("checksum", "malformed")]
    [InlineData("too long", "malformed")]
    [InlineData("unknown", "unknown_id")]
    [InlineData("wrong secret", "wrong_secret")]
    [InlineData("expired", "expired")]
    [InlineData("revoked", "revoked")]
    [InlineData("inactive", "inactive")]
    [InlineData("owner disabled", "owner_disabled")]
    [InlineData("owner gone", "owner_disabled")]
    [InlineData("unreadable hash", "unreadable_hash")]
    public async Task Each_is_counted_once_by_its_reason(string kind, string reason)
    {
        var owners = TestOwners.AliceAndBob();
        await using var app = await StartAsync(owners);
        using var rejected = app.Measure<long>("pat.verification.rejected");

        using var response = await app.GetAsync(
            UsualEndpoints.Read,
            kind == "too long" ? "pat_" + new string('0', PersonalAccessTokenFormat.MaxLength) : await RefusedTokenAsync(app, owners, kind));

        Assert.Equal([(1L, reason)], rejected.GetMeasurementSnapshot().Select(static one => (one.Value, (string)one.Tags["reason"]!)));
    }

    [Theory]
    [MemberData(nameof(RefusedTokens.Reasons), MemberType = typeof(RefusedTokens))]
    public async Task The_log_says_why_and_never_the_token(string reason)
    {
        var owners = TestOwners.AliceAndBob();
        await using var app = await StartAsync(owners);
        var token = await RefusedTokenAsync(app, owners, reason);

        using var response = await app.GetAsync(UsualEndpoints.Read, token);

        var records = app.Logs.GetSnapshot();
        Assert.Contains(records, record => record.Id.Id is 100 or 102);
        Assert.DoesNotContain(records, record => record.Message.Contains(token[^30..], StringComparison.Ordinal));
    }
}
