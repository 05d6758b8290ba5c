using System.Globalization;

namespace Pat.EntityFrameworkCore;

/// <summary>How far a clean-up has walked: first through the tokens by their ids, then through the counts of owners by theirs.</summary>
/// <param name="Token">The last token that was judged; the least id at the start.</param>
/// <param name="Owner">The last owner whose count was judged, or null while there are tokens left.</param>
internal readonly record struct CleanupPosition(Guid Token, string? Owner)
{
    private const char OfOwner = '@';

    /// <exception cref="ArgumentException">It is not a position that this store returned.</exception>
    public static CleanupPosition Parse(string? position) =>
        position switch
        {
            null => default,
            [OfOwner, .. var owner] => new(default, owner),
            _ when Guid.TryParseExact(position, "N", out var token) => new(token, null),
            _ => throw new ArgumentException("This is not what RemoveAsync returned.", nameof(position)),
        };

    public override string ToString() =>
        Owner is null ? Token.ToString("N", CultureInfo.InvariantCulture) : OfOwner + Owner;
}
