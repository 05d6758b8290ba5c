using System.Collections.Concurrent;
using System.Security.Claims;

namespace Pat.TestSupport;

/// <summary>The users of an application, as a test wants them: at first none.</summary>
public sealed class TestOwners : IPersonalAccessTokenOwnerSource
{
    private int _calls;

    public ConcurrentDictionary<string, PersonalAccessTokenOwner> Known { get; } = new();

    /// <summary>What every call fails with, or null.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Owners for whom it throws, in whatever company they are asked for.</summary>
    public HashSet<string> Poisoned { get; } = [];

    /// <summary>How often it was asked.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>What is waited for before an answer is handed on.</summary>
    public Func<Task>? AfterRead { get; set; }

    /// <summary>Two users who may act and have neither a stamp nor claims.</summary>
    public static TestOwners AliceAndBob()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        owners.Set("bob");
        return owners;
    }

    public void Set(string id, bool isActive = true, string? stamp = null, params IReadOnlyList<Claim> claims) =>
        Known[id] = new PersonalAccessTokenOwner { Id = id, IsActive = isActive, SecurityStamp = stamp, Claims = claims };

    public void Remove(string id) => Known.TryRemove(id, out _);

    public async Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (ownerIds.Any(Poisoned.Contains))
        {
            throw new FormatException("That is no owner's id.");
        }

        if (Fault is not null)
        {
            throw Fault;
        }

        var found = Known.Where(owner => ownerIds.Contains(owner.Key)).ToDictionary();
        await (AfterRead?.Invoke() ?? Task.CompletedTask);
        return found;
    }
}
