using System.Runtime.InteropServices;

namespace Pat;

/// <summary>
/// Puts the reads and the changes of this node in one order, so that nothing which was read before a change is used after
/// it. A read takes its number before it is sent, a change after it was written and before it is acknowledged: what was
/// read under a smaller number than that of the last change to its token, to its owner or to everything is out of date.
/// </summary>
/// <remarks>Tokens and owners share stripes; a stripe shared by chance costs a read, never a wrong answer.</remarks>
internal sealed class ChangeCounters
{
    private const int Stripes = 4_096;

    private readonly long[] _tokens = new long[Stripes];
    private readonly long[] _owners = new long[Stripes];
    private long _everything;
    private Apart _last;

    /// <summary>The number of a read that is about to be sent. No two are equal.</summary>
    public long NextRead() => Interlocked.Increment(ref _last.Number);

    public void TokenChanged(Guid id) => Advance(ref _tokens[StripeOf(id)]);

    public void OwnerChanged(string ownerId) => Advance(ref _owners[StripeOf(ownerId)]);

    public void EverythingChanged() => Advance(ref _everything);

    /// <summary>What was read before <paramref name="read"/>, or by it, is out of date; what was read after it is not.</summary>
    public void EverythingChangedBefore(long read) => Raise(ref _everything, read);

    public void Changed(PersonalAccessTokenChange change)
    {
        switch (change)
        {
            case { TokenId: { } id }:
                TokenChanged(id);
                break;
            case { OwnerId: { } ownerId }:
                OwnerChanged(ownerId);
                break;
            default:
                EverythingChanged();
                break;
        }
    }

    /// <summary>Whether neither the token nor its owner changed since the read with number <paramref name="read"/>.</summary>
    public bool IsCurrent(long read, int tokenStripe, int ownerStripe) =>
        IsCurrent(read, tokenStripe) && Volatile.Read(ref _owners[ownerStripe]) < read;

    /// <summary>The same where the token has no owner, for it is not there.</summary>
    public bool IsCurrent(long read, int tokenStripe) =>
        Volatile.Read(ref _tokens[tokenStripe]) < read && Volatile.Read(ref _everything) < read;

    /// <summary>Another one in each process, so that nobody can make up ids for all of them.</summary>
    public static int StripeOf(Guid id) => HashCode.Combine(id) & (Stripes - 1);

    /// <summary>The same for ids that a database may take for equal: whose case or trailing spaces differ.</summary>
    public static int StripeOf(string ownerId) =>
        string.GetHashCode(ownerId.AsSpan().TrimEnd(), StringComparison.OrdinalIgnoreCase) & (Stripes - 1);

    private void Advance(ref long stripe) => Raise(ref stripe, Interlocked.Increment(ref _last.Number));

    private static void Raise(ref long stripe, long number)
    {
        var seen = Volatile.Read(ref stripe);
        while (seen < number)
        {
            // Of two changes at once the later one's number stays.
            var former = Interlocked.CompareExchange(ref stripe, number, seen);
            if (former == seen)
            {
                return;
            }

            seen = former;
        }
    }

    /// <summary>
    /// A number on cache lines of its own: every read writes it, and what would stand beside it is read by every request.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 2 * Line)]
    private struct Apart
    {
        /// <summary>Two lines of 64 bytes, which processors fetch together.</summary>
        private const int Line = 128;

        [FieldOffset(Line)]
        public long Number;
    }
}
