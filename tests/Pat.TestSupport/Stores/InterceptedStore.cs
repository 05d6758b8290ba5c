using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Pat.TestSupport;

/// <summary>A real store with its calls counted, the test's clock, and faults or changes in between where a test asks for them.</summary>
public sealed class InterceptedStore(IPersonalAccessTokenStore store, TimeProvider time) : IPersonalAccessTokenStore
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentQueue<IReadOnlyCollection<Guid>> _lookedUp = new();
    private readonly ConcurrentQueue<HeldLookup> _held = new();

    /// <summary>Runs before each call, with the method's name; what it throws is what the store throws.</summary>
    public Func<string, CancellationToken, Task>? Before { get; set; }

    /// <summary>What is waited for before a look-up's answer is handed on.</summary>
    public Func<Task>? AfterLookup { get; set; }

    /// <summary>Whether look-ups answer each row twice, which no store may.</summary>
    public bool IsRepeating { get; set; }

    /// <summary>The tokens whose uses the store does not get round to.</summary>
    public HashSet<Guid> Busy { get; } = [];

    /// <summary>The tokens that look-ups answer without scopes, which no store may.</summary>
    public HashSet<Guid> Damaged { get; } = [];

    /// <summary>How far the store's clock is ahead of the test's.</summary>
    public TimeSpan Skew { get; set; }

    public int CallsOf(string method) => _calls.Count(call => call == method);

    /// <summary>How often it was called, but for its time, which is asked for in the background.</summary>
    public int Calls => _calls.Count(static call => call != nameof(GetUtcNowAsync));

    /// <summary>How often tokens were looked up.</summary>
    public int Lookups => CallsOf(nameof(FindAsync));

    /// <summary>What each look-up asked for, in the order in which they were sent.</summary>
    public IReadOnlyList<IReadOnlyCollection<Guid>> LookedUp => [.. _lookedUp];

    /// <summary>Puts itself before the store that is registered.</summary>
    public static void Intercept(IServiceCollection services, TimeProvider time)
    {
        var registered = services.Single(service => service.ServiceType == typeof(IPersonalAccessTokenStore));
        services.Replace(ServiceDescriptor.Singleton<IPersonalAccessTokenStore>(provider => new InterceptedStore(
            (IPersonalAccessTokenStore)(registered.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!)),
            time)));
    }

    /// <summary>Holds the next look-up that nothing holds yet once it has read, until the test lets it answer.</summary>
    public HeldLookup HoldNextLookup()
    {
        var held = new HeldLookup();
        _held.Enqueue(held);
        return held;
    }

    /// <summary>Makes each call fail with <paramref name="fault"/>.</summary>
    public void Fail(Exception fault) => Before = (_, _) => throw fault;

    /// <summary>Lets calls through again.</summary>
    public void Recover() => Before = null;

    /// <summary>Makes each call fail, or each call of <paramref name="method"/>.</summary>
    public void Fail(string? method = null) =>
        Before = (called, _) => method is null || called == method
            ? throw new TimeoutException("The database does not answer.")
            : Task.CompletedTask;

    public Task<IReadOnlyList<PersonalAccessToken>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        CallAsync(
            nameof(FindAsync),
            async () =>
            {
                _lookedUp.Enqueue(ids);
                var found = await store.FindAsync(ids, cancellationToken);
                foreach (var token in found.Where(token => Damaged.Contains(token.Id)))
                {
                    token.Scopes = null!;
                }

                await (AfterLookup?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
                if (_held.TryDequeue(out var held))
                {
                    await held.HoldAsync();
                }

                return IsRepeating ? [.. found, .. found] : found;
            },
            cancellationToken);

    public Task<PersonalAccessTokenPage> ListAsync(
        PersonalAccessTokenQuery query, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        CallAsync(nameof(ListAsync), () => store.ListAsync(query, at, cancellationToken), cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> CheckLimitsAsync(
        string ownerId, bool isNewToken, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        CallAsync(
            nameof(CheckLimitsAsync),
            () => store.CheckLimitsAsync(ownerId, isNewToken, limits, at, cancellationToken),
            cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> AddAsync(
        PersonalAccessToken token, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        CallAsync(nameof(AddAsync), () => store.AddAsync(token, limits, at, cancellationToken), cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> EditAsync(
        PersonalAccessToken edited, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        CallAsync(nameof(EditAsync), () => store.EditAsync(edited, at, cancellationToken), cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> RotateAsync(
        PersonalAccessToken rotated, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        CallAsync(nameof(RotateAsync), () => store.RotateAsync(rotated, limits, at, cancellationToken), cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> RevokeAsync(
        Guid id, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken) =>
        CallAsync(nameof(RevokeAsync), () => store.RevokeAsync(id, revokedAt, reason, cancellationToken), cancellationToken);

    public Task<int> RevokeAllAsync(
        string ownerId, Guid? except, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken) =>
        CallAsync(nameof(RevokeAllAsync), () => store.RevokeAllAsync(ownerId, except, revokedAt, reason, cancellationToken), cancellationToken);

    public Task<bool> ReplaceHashAsync(Guid id, string current, string replacement, CancellationToken cancellationToken) =>
        CallAsync(nameof(ReplaceHashAsync), () => store.ReplaceHashAsync(id, current, replacement, cancellationToken), cancellationToken);

    public Task<IReadOnlyDictionary<Guid, PersonalAccessTokenUseOutcome>> RecordUseAsync(
        IReadOnlyCollection<PersonalAccessTokenUse> uses, TimeSpan resolution, CancellationToken cancellationToken) =>
        CallAsync(
            nameof(RecordUseAsync),
            async () =>
            {
                var busy = uses.Where(use => Busy.Contains(use.Id)).ToList();
                var outcomes = (await store.RecordUseAsync([.. uses.Except(busy)], resolution, cancellationToken)).ToDictionary();
                busy.ForEach(use => outcomes[use.Id] = PersonalAccessTokenUseOutcome.Busy);
                return (IReadOnlyDictionary<Guid, PersonalAccessTokenUseOutcome>)outcomes;
            },
            cancellationToken);

    public Task<PersonalAccessTokenRemoval> RemoveAsync(
        PersonalAccessTokenRetention retention, int batchSize, string? position, CancellationToken cancellationToken) =>
        CallAsync(nameof(RemoveAsync), () => store.RemoveAsync(retention, batchSize, position, cancellationToken), cancellationToken);

    /// <summary>The real one would tell the machine's time, which the test's clock has nothing to do with.</summary>
    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken) =>
        CallAsync(nameof(GetUtcNowAsync), () => Task.FromResult(time.GetUtcNow() + Skew), cancellationToken);

    private async Task<T> CallAsync<T>(string method, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        _calls.Enqueue(method);
        if (Before is { } before)
        {
            await before(method, cancellationToken);
        }

        return await call().ConfigureAwait(false);
    }
}
