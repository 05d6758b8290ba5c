namespace Pat.Fuzz;

/// <summary>Tells the manager who the model's owners are.</summary>
internal sealed class ModelOwnerSource(Dictionary<string, ModelOwner> owners) : IPersonalAccessTokenOwnerSource
{
    public Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, PersonalAccessTokenOwner>>(ownerIds
            .Where(id => owners[id].Exists)
            .ToDictionary(
                id => id,
                id => new PersonalAccessTokenOwner { Id = id, IsActive = !owners[id].IsLocked, SecurityStamp = owners[id].Stamp },
                StringComparer.Ordinal));
}
