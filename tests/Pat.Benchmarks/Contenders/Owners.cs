namespace Pat.Benchmarks;

/// <summary>Knows every owner, with claims that are made anew at each look-up as those of a database are.</summary>
internal sealed class Owners : IPersonalAccessTokenOwnerSource
{
    public Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, PersonalAccessTokenOwner>>(
            ownerIds.ToDictionary(id => id, id => new PersonalAccessTokenOwner { Id = id, Claims = Subject.Claims(id) }));
}
