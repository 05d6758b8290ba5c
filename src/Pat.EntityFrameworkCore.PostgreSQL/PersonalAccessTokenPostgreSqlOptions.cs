namespace Pat.EntityFrameworkCore;

/// <summary>How PostgreSQL is used.</summary>
public sealed class PersonalAccessTokenPostgreSqlOptions
{
    /// <summary>
    /// Whether nodes tell each other of changes by PostgreSQL's notifications. False for one node alone, and for engines
    /// that have no <c>LISTEN</c>. Another change feed that is added takes its place. Default: true.
    /// </summary>
    public bool ChangeFeed { get; set; } = true;

    /// <summary>
    /// What to listen by, where the context's own connection can't: through PgBouncer in transaction mode nothing is
    /// heard, so this leads to PostgreSQL itself, and to the same database. One connection for each node is kept open.
    /// Default: null, as the context connects.
    /// </summary>
    public string? ListenConnectionString { get; set; }

    /// <summary>
    /// The channel of the notifications, the same on all nodes: 1 to 63 letters, digits and <c>_</c>, lower-case, the first
    /// no digit. Applications that share a database need one each. Default: <c>pat_changes</c>.
    /// </summary>
    public string Channel { get; set; } = "pat_changes";
}
