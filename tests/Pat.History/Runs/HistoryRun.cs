namespace Pat.History;

/// <summary>Runs nodes under load while things break, and judges what happened.</summary>
public static class HistoryRun
{
    /// <summary>How long there is load before the first fault.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(3);

    /// <summary>How long there is load after the last one, at least: longer than what follows a fault may take.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(8);

    /// <summary>Within it a node finds out by its heartbeats that its feed is deaf, and says since when.</summary>
    private static readonly TimeSpan Discovery = TimeSpan.FromSeconds(8);

    /// <param name="settings">What to run.</param>
    /// <param name="log">Told what is going on.</param>
    public static async Task<RunReport> RunAsync(RunSettings settings, TextWriter log)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(log);
        var plan = new FaultPlan(settings);
        var history = new RunHistory { MaxStaleness = settings.MaxStaleness, TellsAfterCommit = settings.Feed == FeedKind.Redis };
        await using var cluster = await HistoryCluster.StartAsync(settings, history);
        using var workload = new Workload(cluster, settings, history);
        foreach (var node in cluster.Nodes)
        {
            await workload.WarmUpAsync(node);
        }

        using var stop = new CancellationTokenSource();
        var started = history.Now;
        var load = workload.RunAsync(stop.Token);
        try
        {
            await Task.WhenAny(load, Task.Delay(Before));
            foreach (var (fault, node, pause) in plan.Steps)
            {
                if (load.IsCompleted)
                {
                    // It failed, and says so below.
                    break;
                }

                await InjectAsync(fault, cluster, cluster.Nodes[node], workload, settings, history, log);
                await Task.Delay(pause);
            }

            var rest = started + settings.Duration - history.Now;
            await Task.WhenAny(load, Task.Delay(rest > After ? rest : After));
        }
        finally
        {
            await stop.CancelAsync();
            await load;
        }

        foreach (var node in cluster.Nodes)
        {
            // What it would still have said of the last moments is not waited for.
            history.FeedEvents.Enqueue(new FeedEvent(node.Number, history.Now, history.Now - Discovery));
        }

        return RunReport.Of(settings, history, started, await cluster.ReadRowsAsync());
    }

    private static async Task InjectAsync(
        Fault fault, HistoryCluster cluster, ClusterNode node, Workload workload, RunSettings settings, RunHistory history, TextWriter log)
    {
        await log.WriteLineAsync($"{history.Now:mm\\:ss\\.fff} {fault.Name}{(fault.IsOfNode ? $", node {node.Number}" : "")}");
        var start = history.Now;
        await fault.InjectAsync(new FaultScene(cluster, node, workload, settings.LongFault ?? settings.MaxStaleness + TimeSpan.FromSeconds(2), new Random(settings.Seed)));
        history.Faults.Enqueue(new FaultWindow(fault.Name, fault.IsOfNode ? node.Number : null, start, history.Now));
    }
}
