using System.Collections.Concurrent;
using System.Security.Claims;

namespace Pat.AspNetCore.TestSupport;

/// <summary>Owners as a test wants them: at first an active Alice and an active Bob without claims.</summary>
internal sealed class TestOwners : IPersonalAccessTokenOwnerSource
{
    private readonly ConcurrentDictionary<string, PersonalAccessTokenOwner> _owners = new();

    public TestOwners()
    {
        Set(TestApp.Alice);
        Set(TestApp.Bob);
    }

    /// <summary>What every call fails with, or null.</summary>
    public Exception? Fault { get; set; }

    public void Set(string id, bool isActive = true, params IReadOnlyList<Claim> claims) =>
        _owners[id] = new PersonalAccessTokenOwner { Id = id, IsActive = isActive, Claims = claims };

    public void SetStamp(string id, string? stamp) =>
        _owners[id] = new PersonalAccessTokenOwner { Id = id, SecurityStamp = stamp };

    public void Remove(string id) => _owners.TryRemove(id, out _);

    public Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken) =>
        Fault is null
            ? Task.FromResult<IReadOnlyDictionary<string, PersonalAccessTokenOwner>>(
                _owners.Where(owner => ownerIds.Contains(owner.Key)).ToDictionary())
            : throw Fault;
}
