using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pat;

/// <summary>
/// What a node tells all nodes by a change feed, as text: the time in microseconds since 1970, the node, what it is
/// about. <c>1795500000000000 6f1c... t 02yKUjeeHYIuIrXSJxcLqg</c> is a token; <c>o</c> and an id are an owner, <c>*</c> is
/// everything, and <c>-</c> and a number a heartbeat.
/// </summary>
/// <remarks>The time stands first, so that a database can set its own before the rest of the text.</remarks>
public sealed class PersonalAccessTokenNotice
{
    private static readonly long MaxMicroseconds = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private PersonalAccessTokenNotice(DateTimeOffset sentAt, string nodeId, PersonalAccessTokenChange? change, long? heartbeat)
    {
        SentAt = sentAt;
        NodeId = nodeId;
        Change = change;
        Heartbeat = heartbeat;
    }

    /// <summary>When the change was made, by the database's clock.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>The node that tells it.</summary>
    public string NodeId { get; }

    /// <summary>What changed, or null for a heartbeat.</summary>
    public PersonalAccessTokenChange? Change { get; }

    /// <summary>The number of a heartbeat, by which a node learns whether and how soon it hears itself, or null for a change.</summary>
    public long? Heartbeat { get; }

    /// <summary>The text without its time, the space before it included: what to put after the database's own.</summary>
    public string TextAfterTime => $" {NodeId} {TextOfChange}";

    private string TextOfChange => Change switch
    {
        null => string.Create(CultureInfo.InvariantCulture, $"- {Heartbeat}"),
        { TokenId: { } id } => $"t {PersonalAccessTokenFormat.FormatId(id)}",
        { OwnerId: { } ownerId } => $"o {ownerId}",
        _ => "*",
    };

    /// <summary>What <paramref name="node"/> tells of a change.</summary>
    public static PersonalAccessTokenNotice OfChange(PersonalAccessTokenNode node, PersonalAccessTokenChange change, DateTimeOffset sentAt)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new(sentAt, node.Id, change, null);
    }

    /// <summary>A heartbeat of <paramref name="node"/>.</summary>
    public static PersonalAccessTokenNotice OfHeartbeat(PersonalAccessTokenNode node, long number, DateTimeOffset sentAt)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new(sentAt, node.Id, null, number);
    }

    /// <summary>Reads what <see cref="ToString"/> writes. False for everything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PersonalAccessTokenNotice? notice)
    {
        notice = null;
        if (text?.Split(' ', 4) is not { Length: >= 3 } parts
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            || microseconds > MaxMicroseconds
            || parts[1].Length == 0)
        {
            return false;
        }

        var sentAt = DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
        notice = (parts[2], parts.ElementAtOrDefault(3)) switch
        {
            ("*", null) => new(sentAt, parts[1], PersonalAccessTokenChange.Everything, null),
            ("o", { Length: > 0 } ownerId) => new(sentAt, parts[1], PersonalAccessTokenChange.OfOwner(ownerId), null),
            ("t", { } id) when PersonalAccessTokenFormat.TryParseId(id, out var tokenId) =>
                new(sentAt, parts[1], PersonalAccessTokenChange.OfToken(tokenId), null),
            ("-", { } beat) when long.TryParse(beat, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                new(sentAt, parts[1], null, number),
            _ => null,
        };
        return notice is not null;
    }

    /// <summary>The text that is sent.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(SentAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}{TextAfterTime}");
}
