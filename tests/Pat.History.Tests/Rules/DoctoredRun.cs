namespace Pat.History.Tests;

/// <summary>
/// A log that was made up, in seconds since its run began. MaxStaleness is ten of them. There is one token, of one owner,
/// unless a test says otherwise, and nothing happened but what a test writes into it.
/// </summary>
internal sealed class DoctoredRun(bool tellsAfterCommit = false)
{
    public const string Token = "token";
    public const string Owner = "owner@example.com";

    private static readonly DateTimeOffset StartedAt = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public RunHistory History { get; } = new()
    {
        MaxStaleness = TimeSpan.FromSeconds(10),
        TellsAfterCommit = tellsAfterCommit,
        StartedAt = StartedAt,
    };

    public DoctoredRun Present(
        int node, double from, double until, int status = 200, int secret = 0, long version = 1, double? expires = null, string token = Token) =>
        Add(new(OperationKind.Present, node, At(from), At(until), token, status)
        {
            Secret = secret,
            Version = version,
            EndsAt = Clock(expires),
            Owner = Owner,
        });

    public DoctoredRun Create(int node, double from, double until, int status = 201) =>
        Change(OperationKind.Create, node, from, until, version: 1, status);

    public DoctoredRun Edit(int node, double from, double until, long version = 2, int status = 200) =>
        Change(OperationKind.Edit, node, from, until, version, status);

    public DoctoredRun Revoke(int node, double from, double until, int status = 204) =>
        Change(OperationKind.Revoke, node, from, until, version: 0, status);

    /// <param name="overlap">Until when the former secret may be used; null where it ends at once.</param>
    public DoctoredRun Rotate(int node, double from, double until, int secret = 1, double? overlap = null, int status = 200) =>
        Add(new(OperationKind.Rotate, node, At(from), At(until), Token, status)
        {
            Secret = secret,
            Version = secret + 1,
            EndsAt = Clock(overlap),
            Owner = Owner,
        });

    public DoctoredRun Lock(double from, double until, int status = 200) =>
        Add(new(OperationKind.Lock, -1, At(from), At(until), Owner, status));

    public DoctoredRun Unlock(double from, double until, int status = 200) =>
        Add(new(OperationKind.Unlock, -1, At(from), At(until), Owner, status));

    public DoctoredRun FeedUp(int node, double at)
    {
        History.FeedEvents.Enqueue(new(node, At(at), HeardUntil: null));
        return this;
    }

    public DoctoredRun FeedDown(int node, double at, double heardUntil)
    {
        History.FeedEvents.Enqueue(new(node, At(at), At(heardUntil)));
        return this;
    }

    public DoctoredRun Fault(double from, double until, int? node = null, string name = "network cut")
    {
        History.Faults.Enqueue(new(name, node, At(from), At(until)));
        return this;
    }

    public DoctoredRun SetClock(int node, double at, double offset)
    {
        History.Clocks.Enqueue(new(node, At(at), At(offset)));
        return this;
    }

    /// <summary>The names of what is broken by a rule.</summary>
    public IReadOnlyList<string> BrokenBy(IRule rule) => [.. rule.Judge(History).Select(static violation => violation.Rule)];

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static DateTimeOffset? Clock(double? seconds) => seconds is { } given ? StartedAt + At(given) : null;

    private DoctoredRun Change(OperationKind kind, int node, double from, double until, long version, int status) =>
        Add(new(kind, node, At(from), At(until), Token, status) { Version = version, Owner = Owner });

    private DoctoredRun Add(Operation operation)
    {
        History.Operations.Enqueue(operation);
        return this;
    }
}
