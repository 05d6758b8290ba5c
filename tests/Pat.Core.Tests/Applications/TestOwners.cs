namespace Pat.Core.Tests;

/// <summary>The users of an application, as a test wants them.</summary>
internal sealed class TestOwners : IPersonalAccessTokenOwnerSource
{
    public Dictionary<string, PersonalAccessTokenOwner> Known { get; } = [];

    public bool IsDown { get; set; }

    public void Set(string id, bool isActive = true, string? stamp = null) =>
        Known[id] = new PersonalAccessTokenOwner { Id = id, IsActive = isActive, SecurityStamp = stamp };

    public Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken) =>
        IsDown
            ? throw new TimeoutException("The directory does not answer.")
            : Task.FromResult<IReadOnlyDictionary<string, PersonalAccessTokenOwner>>(
                Known.Where(owner => ownerIds.Contains(owner.Key)).ToDictionary());
}
