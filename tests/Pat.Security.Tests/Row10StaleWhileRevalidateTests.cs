namespace Pat.Security.Tests;

/// <summary>
/// Row 10. Stale-while-revalidate served a dead token (unkey). What is older than the bound is read again before it counts, so that the
/// first request after a pause already sees the revocation.
/// </summary>
/// <remarks>
/// Further evidence: across processes rule b of the history checker (Pat.History.Tests).
/// </remarks>
public sealed class Row10StaleWhileRevalidateTests
{
    public static TheoryData<Clocks> EachClock => new(Enum.GetValues<Clocks>());

    [Theory]
    [MemberData(nameof(EachClock))]
    public async Task Row_10_The_first_use_after_a_long_pause_is_refused_where_the_token_was_revoked_elsewhere(Clocks clocks)
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        application.Time.Advance(clocks, TimeSpan.FromHours(1));
        await other.Manager.RevokeAsync("alice", token.Id);

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }
}
