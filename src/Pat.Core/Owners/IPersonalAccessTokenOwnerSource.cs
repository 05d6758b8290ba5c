namespace Pat;

/// <summary>
/// Tells who a token's owner is now. Without one, every owner counts as active and has no claims.
/// </summary>
public interface IPersonalAccessTokenOwnerSource
{
    /// <summary>
    /// The owners with these ids, by id. One that is left out does not exist any more, and tokens of such an owner are
    /// refused. An outage is an exception, never an owner left out.
    /// </summary>
    Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken);
}
