using Xunit;

namespace Pat.TestSupport;

/// <summary>Tests of a store on an empty table. What they say of every store, a test project derives a class for each database.</summary>
public abstract class StoreTests(TestStore fixture) : IAsyncLifetime
{
    protected const string Owner = "owner-1";
    protected const string OtherOwner = "owner-2";

    protected static readonly PersonalAccessTokenLimits Limits = new(50, 100, TimeSpan.FromHours(24));

    protected static readonly PersonalAccessTokenLimits Unlimited = new(int.MaxValue, int.MaxValue, TimeSpan.FromHours(24));

    protected static readonly PersonalAccessTokenRetention Retention =
        new(AtNow, TimeSpan.FromDays(90), TimeSpan.FromDays(7));

    protected TestStore Fixture { get; } = fixture;

    protected IPersonalAccessTokenStore Store => Fixture.Store;

    protected static DateTimeOffset Now => SampleTokens.Start;

    protected static PersonalAccessTokenUsability AtNow => SampleTokens.At(Now);

    public async ValueTask InitializeAsync() => await Fixture.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Stores a token, past all limits.</summary>
    protected async Task<PersonalAccessToken> AddAsync(Action<PersonalAccessToken>? change = null, string owner = Owner)
    {
        var token = SampleTokens.Create(owner, change);
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.AddAsync(SampleTokens.Copy(token), Unlimited, AtNow, default));
        return token;
    }

    /// <summary>Puts rows into the table beside the store, many at once.</summary>
    protected async Task SeedAsync(IEnumerable<PersonalAccessToken> tokens)
    {
        await using var context = await Fixture.CreateContextAsync();
        context.AddRange(tokens.Select(token => SampleTokens.Copy(token)));
        await context.SaveChangesAsync();
    }

    /// <summary>
    /// Tokens whose times sit on, and one microsecond beside, the moments at which a state changes, in all combinations.
    /// </summary>
    protected static List<PersonalAccessToken> BoundaryTokens(TimeSpan unused, TimeSpan ended = default)
    {
        var endedAt = Now - ended;
        var unusedSince = Now - unused;
        DateTimeOffset?[] ends =
            [null, endedAt.AddMicroseconds(-1), endedAt, endedAt.AddMicroseconds(1), Now, Now.AddMicroseconds(1)];
        DateTimeOffset[] starts = [unusedSince.AddMicroseconds(-1), unusedSince, unusedSince.AddMicroseconds(1)];
        return
        [
            .. from revokedAt in ends.Take(4)
               from expiresAt in ends
               from lastUsedAt in starts.Cast<DateTimeOffset?>().Prepend(null)
               from createdAt in starts
               select SampleTokens.Create(Owner, token =>
                   (token.RevokedAt, token.ExpiresAt, token.LastUsedAt, token.CreatedAt) = (revokedAt, expiresAt, lastUsedAt, createdAt)),
        ];
    }

    protected async Task<PersonalAccessToken?> FindAsync(Guid id)
    {
        var found = await Store.FindAsync([id], default);
        return found.SingleOrDefault();
    }

    protected async Task AssertStoredAsync(PersonalAccessToken expected) =>
        Assert.Equivalent(expected, await FindAsync(expected.Id), strict: true);

    protected static void Rotate(PersonalAccessToken token) => Rotate(token, 0);

    protected static void Rotate(PersonalAccessToken token, int number)
    {
        token.SecretHash = $"rotated {number}";
        token.SecretTag = [9, 9, 9, 9, 9, 9, 9, (byte)number];
        token.SecretCreatedAt = Now.AddSeconds(1);
        token.OwnerStamp = [4, 2];
        token.ExpiresAt = Now.AddDays(9);
        token.UpdatedAt = Now.AddSeconds(1);
        token.Version++;
    }

    protected Task<PersonalAccessTokenWriteOutcome> AddNextAsync(PersonalAccessTokenLimits limits, DateTimeOffset now) =>
        Store.AddAsync(SampleTokens.Create(Owner), limits, SampleTokens.At(now), default);

    protected Task<PersonalAccessTokenWriteOutcome[]> AddAtOnceAsync(int count, PersonalAccessTokenLimits limits) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => AddNextAsync(limits, Now))));

    /// <summary>A whole walk.</summary>
    protected async Task<int> RemoveAllAsync(PersonalAccessTokenRetention retention, int batchSize)
    {
        var total = 0;
        string? position = null;
        do
        {
            var batch = await Store.RemoveAsync(retention, batchSize, position, default);
            total += batch.Removed;
            position = batch.Position;
        }
        while (position is not null);

        return total;
    }
}
