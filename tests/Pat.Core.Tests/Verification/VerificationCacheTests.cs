using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>What enters the memory of a node, and that it has an end.</summary>
public sealed class VerificationCacheTests
{
    [Fact]
    public void It_keeps_as_many_tokens_as_it_has_room_for_under_a_flood_of_ids()
    {
        const int Capacity = 1_000;
        var cache = new VerificationCache(Capacity);
        for (var i = 0; i < 20 * Capacity; i++)
        {
            var id = Guid.CreateVersion7(SampleTokens.Start.AddMilliseconds(i));
            cache.Prove(id, SecretDigest.Of(PersonalAccessTokenFormat.Create("pat", id)));
            Assert.InRange(cache.Count, 0, Capacity);
        }

        Assert.InRange(cache.Count, Capacity / 2, Capacity);
    }

    [Fact]
    public async Task An_application_keeps_100_000_and_no_more()
    {
        const int Capacity = 100_000;
        await using var application = await TokenApplication.CreateAsync();
        var cache = application.Get<VerificationCache>();
        for (var i = 0; i < 3 * Capacity; i++)
        {
            cache.Prove(Guid.CreateVersion7(SampleTokens.Start.AddMilliseconds(i)), default);
        }

        Assert.Equal(Capacity, VerificationCache.DefaultCapacity);
        Assert.InRange(cache.Count, Capacity / 2, Capacity);
    }

    [Fact]
    public void A_token_in_use_stays_where_others_come_and_go()
    {
        const int Capacity = 1_000;
        var cache = new VerificationCache(Capacity);
        var used = cache.Prove(Guid.AllBitsSet, default);
        for (var i = 0; i < 20 * Capacity; i++)
        {
            cache.Prove(Guid.CreateVersion7(SampleTokens.Start.AddMilliseconds(i)), default);
            Assert.Same(used, cache.Find(Guid.AllBitsSet));
        }
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(int.MinValue, false)]
    public void Used_since_a_round_is_what_has_a_state_and_served_in_that_round_or_later(int round, bool isUsed)
    {
        var cache = new VerificationCache(10);
        var used = cache.Prove(Guid.AllBitsSet, default);
        used.MarkUsed(6);
        cache.Prove(Guid.Empty, default).MarkUsed(6);
        Assert.Empty(cache.UsedSince(round));
        var state = new TokenState(SampleTokens.Create("alice"), null, PersonalAccessTokenRefusal.None, new([], []), default);

        used.Offer(state);

        Assert.Equal(isUsed ? 1 : 0, cache.UsedSince(round).Count());
        Assert.All(cache.UsedSince(round), token => Assert.Equal((Guid.AllBitsSet, state), token));
    }

    [Fact]
    public void Rounds_are_counted_on_beyond_the_greatest_number()
    {
        var cache = new VerificationCache(10);
        var used = cache.Prove(Guid.AllBitsSet, default);
        used.Offer(new TokenState(SampleTokens.Create("alice"), null, PersonalAccessTokenRefusal.None, new([], []), default));

        used.MarkUsed(int.MinValue);

        Assert.Single(cache.UsedSince(int.MaxValue));
    }

    [Fact]
    public async Task How_many_it_has_is_measured()
    {
        await using var application = await TokenApplication.CreateAsync();
        using var entries = application.Measure<int>("pat.cache.entries");
        application.Get<VerificationCache>().Prove(Guid.AllBitsSet, default);

        entries.RecordObservableInstruments();

        Assert.Equal(1, entries.LastMeasurement?.Value);
    }

    [Fact]
    public async Task Nothing_that_is_refused_enters_it()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var (expired, expiredValue) = await application.IssueAsync(expiresAt: application.Now.AddSeconds(1));
        var (forged, _) = await application.IssueAsync();
        var wrong = PersonalAccessTokenFormat.Create("pat", forged.Id);
        await application.ChangeRowAsync(forged.Id, row => row.SecretTag = SecretDigest.Of(wrong).ToTag());
        application.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(PersonalAccessTokenRefusal.UnknownId, await cold.RefusalOfAsync(PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet)));
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await cold.RefusalOfAsync(PersonalAccessTokenFormat.Create("pat", token.Id)));
        Assert.Equal(PersonalAccessTokenRefusal.Expired, await cold.RefusalOfAsync(expiredValue));
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await cold.RefusalOfAsync(wrong));
        Assert.Equal((0, 1), (cold.Get<VerificationCache>().Count, cold.Hashes));

        Assert.Equal(PersonalAccessTokenRefusal.None, await cold.RefusalOfAsync(value));
        Assert.Equal(1, cold.Get<VerificationCache>().Count);
        Assert.Null(cold.Get<VerificationCache>().Find(expired.Id));
    }

    [Fact]
    public async Task A_token_whose_row_is_gone_is_forgotten()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await application.RemoveRowAsync(token.Id);
        application.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(PersonalAccessTokenRefusal.UnknownId, await application.RefusalOfAsync(value));

        Assert.Null(application.Get<VerificationCache>().Find(token.Id));
    }

    [Fact]
    public async Task A_refresh_forgets_it_too()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await application.RemoveRowAsync(token.Id);
        application.Time.Advance(TimeSpan.FromSeconds(5));

        await application.Get<StateRefresher>().RefreshAsync(default);

        Assert.Null(application.Get<VerificationCache>().Find(token.Id));
        Assert.Equal(PersonalAccessTokenRefusal.UnknownId, await application.RefusalOfAsync(value));
    }
}
