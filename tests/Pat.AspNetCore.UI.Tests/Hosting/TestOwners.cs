using System.Collections.Concurrent;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>Owners as a test wants them: at first an active Alice and an active Bob.</summary>
internal sealed class TestOwners : IPersonalAccessTokenOwnerSource
{
    private readonly ConcurrentDictionary<string, PersonalAccessTokenOwner> _owners = new();

    public TestOwners()
    {
        Set(PageApp.Alice);
        Set(PageApp.Bob);
    }

    /// <summary>What every call fails with, or null.</summary>
    public Exception? Fault { get; set; }

    public void Set(string id, bool isActive = true, string? stamp = null) =>
        _owners[id] = new PersonalAccessTokenOwner { Id = id, IsActive = isActive, SecurityStamp = stamp };

    public Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken) =>
        Fault is null
            ? Task.FromResult<IReadOnlyDictionary<string, PersonalAccessTokenOwner>>(
                _owners.Where(owner => ownerIds.Contains(owner.Key)).ToDictionary())
            : throw Fault;
}
