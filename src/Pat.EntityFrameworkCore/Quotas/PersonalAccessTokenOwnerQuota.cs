namespace Pat.EntityFrameworkCore;

/// <summary>
/// One owner's row in the table that keeps owners within their limits. It counts the secrets they make, and its lock
/// puts their creations and rotations in line, so that the limits hold on any database at READ COMMITTED.
/// </summary>
/// <remarks>The store alone writes it. The clean-up removes it when it has nothing to say any more.</remarks>
public class PersonalAccessTokenOwnerQuota
{
    /// <summary>Whose row it is; 1 to 450 characters.</summary>
    public string OwnerId { get; set; } = "";

    /// <summary>How many secrets (creations and rotations) the owner made in the window that ends at <see cref="CountedUntil"/>.</summary>
    public int SecretsMade { get; set; }

    /// <summary>When the window ends (at this instant it is over). The next secret starts a new one.</summary>
    public DateTimeOffset CountedUntil { get; set; }
}
