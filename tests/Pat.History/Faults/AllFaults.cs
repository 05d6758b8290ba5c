namespace Pat.History;

/// <summary>The faults that a run can make.</summary>
public static class AllFaults
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Five minutes fast.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<Fault> List { get; } =
    [
        new("listeners terminated", false, static scene => scene.Cluster.EndListenersAsync()),
        new("PostgreSQL restarted", false, static scene => scene.Cluster.RestartPostgresAsync()),
        new("PostgreSQL killed", false, static scene => scene.Cluster.KillPostgresAsync(Moment)),
        new("connection limit reached", false, static scene => scene.Cluster.ExhaustConnectionsAsync(Short)),
        new("disk full", false, static scene => scene.Cluster.FillDiskOfUsesAsync(Short)),
        new("Redis restarted", false, static scene => scene.Cluster.RestartRedisAsync(Moment)) { Feed = FeedKind.Redis },
        new("network cut", true, static scene => scene.BreakNetworkAsync(static proxy => proxy.Cut(), scene.LongTime)),
        new("network delayed", true, static scene => scene.BreakNetworkAsync(static proxy => proxy.Delay(TimeSpan.FromMilliseconds(200)), Short)),
        new("network black-holed", true, static scene => scene.BreakNetworkAsync(static proxy => proxy.BlackHole(), scene.LongTime)),
        new("connections half-open", true, static scene => scene.BreakNetworkAsync(static proxy => proxy.HalfOpen(), scene.LongTime)),
        new(FaultWindow.Stopped, true, static scene => scene.Node.PauseAsync(scene.LongTime)),
        new("node killed after a commit", true, KillNodeAsync),
        new("clock five minutes off", true, SetClockAsync),
    ];

    private static async Task KillNodeAsync(FaultScene scene)
    {
        await scene.Node.ArmAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!scene.Node.HasExited)
        {
            await scene.Workload.RevokeOnAsync(scene.Node, scene.Random);
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }

        await scene.Node.StartAgainAsync();
        await scene.Workload.WarmUpAsync(scene.Node);
    }

    private static async Task SetClockAsync(FaultScene scene)
    {
        await scene.Node.SetClockAsync(ClockError);
        await Task.Delay(scene.LongTime);
        await scene.Node.SetClockAsync(TimeSpan.Zero);
    }
}
