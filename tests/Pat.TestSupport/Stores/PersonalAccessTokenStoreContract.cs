using Xunit;

namespace Pat.TestSupport;

/// <summary>What every store does, whatever its database. A test project derives a class for each one.</summary>
public abstract partial class PersonalAccessTokenStoreContract(TestStore fixture) : IAsyncLifetime
{
    protected const string Owner = "owner-1";
    protected const string OtherOwner = "owner-2";

    protected static readonly PersonalAccessTokenLimits Limits = new(50, 100, TimeSpan.FromHours(24));

    protected static readonly PersonalAccessTokenLimits Unlimited = new(int.MaxValue, int.MaxValue, TimeSpan.FromHours(24));

    protected TestStore Fixture { get; } = fixture;

    protected IPersonalAccessTokenStore Store => Fixture.Store;

    protected static DateTimeOffset Now => TestTokens.Start;

    protected static PersonalAccessTokenUsability AtNow => TestTokens.At(Now);

    public async ValueTask InitializeAsync() => await Fixture.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Stores a token, past all limits.</summary>
    protected async Task<PersonalAccessToken> AddAsync(Action<PersonalAccessToken>? change = null, string owner = Owner)
    {
        var token = TestTokens.Create(owner, change);
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.AddAsync(TestTokens.Copy(token), Unlimited, AtNow, default));
        return token;
    }

    /// <summary>Puts rows into the table beside the store, many at once.</summary>
    protected async Task SeedAsync(IEnumerable<PersonalAccessToken> tokens)
    {
        await using var context = await Fixture.CreateContextAsync();
        context.AddRange(tokens.Select(token => TestTokens.Copy(token)));
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
               select TestTokens.Create(Owner, token =>
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
}
