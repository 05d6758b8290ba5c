using Xunit;

namespace Pat.TestSupport;

/// <summary>What every store does, whatever its database. A test project derives a class for each one.</summary>
public abstract partial class PersonalAccessTokenStoreContract(TestStore fixture) : IAsyncLifetime
{
    protected const string Owner = "owner-1";
    protected const string OtherOwner = "owner-2";

    protected static readonly PersonalAccessTokenLimits Limits = new(50, 100, TimeSpan.FromHours(24));

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
        var limits = new PersonalAccessTokenLimits(int.MaxValue, int.MaxValue, TimeSpan.FromHours(24));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.AddAsync(TestTokens.Copy(token), limits, AtNow, default));
        return token;
    }

    protected async Task<PersonalAccessToken?> FindAsync(Guid id)
    {
        var found = await Store.FindAsync([id], default);
        return found.SingleOrDefault();
    }

    protected async Task AssertStoredAsync(PersonalAccessToken expected) =>
        Assert.Equivalent(expected, await FindAsync(expected.Id), strict: true);
}
