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

    /// <summary>
    /// The same owners where only their existence, <see cref="PersonalAccessTokenOwner.IsActive"/> and
    /// <see cref="PersonalAccessTokenOwner.SecurityStamp"/> are asked for, as when someone manages tokens.
    /// </summary>
    /// <remarks>Unless a source has a cheaper way, it is <see cref="FindAsync"/>; the claims of what is found are not looked at.</remarks>
    Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindWithoutClaimsAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken) =>
        FindAsync(ownerIds, cancellationToken);
}
