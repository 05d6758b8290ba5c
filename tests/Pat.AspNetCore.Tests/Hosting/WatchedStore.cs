using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>The real store, counted and made to fail on demand.</summary>
public sealed class WatchedStore(IPersonalAccessTokenStore store) : IPersonalAccessTokenStore
{
    private int _lookups;

    /// <summary>How often a token was looked up.</summary>
    public int Lookups => Volatile.Read(ref _lookups);

    /// <summary>What every call fails with, or null.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What is waited for before a look-up answers, or null.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    /// <summary>Wraps the store that was registered last.</summary>
    public static Func<IServiceProvider, WatchedStore> Over(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(IPersonalAccessTokenStore));
        return provider => new WatchedStore(
            (IPersonalAccessTokenStore)ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!));
    }

    public async Task<IReadOnlyList<PersonalAccessToken>> FindAsync(
        IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _lookups);
        var found = await Checked().FindAsync(ids, cancellationToken);
        if (BeforeAnswer is not null)
        {
            await BeforeAnswer();
        }

        return found;
    }

    public Task<PersonalAccessTokenPage> ListAsync(
        PersonalAccessTokenQuery query, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        Checked().ListAsync(query, at, cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> AddAsync(
        PersonalAccessToken token, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        Checked().AddAsync(token, limits, at, cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> EditAsync(
        PersonalAccessToken edited, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        Checked().EditAsync(edited, at, cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> RotateAsync(
        PersonalAccessToken rotated, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        Checked().RotateAsync(rotated, limits, at, cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> RevokeAsync(
        Guid id, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken) =>
        Checked().RevokeAsync(id, revokedAt, reason, cancellationToken);

    public Task<int> RevokeAllAsync(
        string ownerId, Guid? except, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken) =>
        Checked().RevokeAllAsync(ownerId, except, revokedAt, reason, cancellationToken);

    public Task<bool> ReplaceHashAsync(Guid id, string current, string replacement, CancellationToken cancellationToken) =>
        Checked().ReplaceHashAsync(id, current, replacement, cancellationToken);

    public Task RecordUseAsync(
        IReadOnlyCollection<PersonalAccessTokenUse> uses, TimeSpan resolution, CancellationToken cancellationToken) =>
        Checked().RecordUseAsync(uses, resolution, cancellationToken);

    public Task<int> RemoveAsync(PersonalAccessTokenRetention retention, int batchSize, CancellationToken cancellationToken) =>
        Checked().RemoveAsync(retention, batchSize, cancellationToken);

    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken) => Checked().GetUtcNowAsync(cancellationToken);

    private IPersonalAccessTokenStore Checked() => Fault is null ? store : throw Fault;
}
