namespace Pat.History;

/// <summary>What a fault is done to.</summary>
/// <param name="Cluster">All nodes, and what they stand on.</param>
/// <param name="Node">One of them.</param>
/// <param name="Workload">What clients do.</param>
/// <param name="LongTime">Longer than anything a node knows is good for.</param>
/// <param name="Random">Of the run.</param>
public sealed record FaultScene(HistoryCluster Cluster, ClusterNode Node, Workload Workload, TimeSpan LongTime, Random Random)
{
    /// <summary>Does something to all that the node has of the network, and heals it after a while.</summary>
    public async Task BreakNetworkAsync(Action<TcpProxy> breaks, TimeSpan time)
    {
        foreach (var proxy in Node.Network)
        {
            breaks(proxy);
        }

        await Task.Delay(time);
        foreach (var proxy in Node.Network)
        {
            proxy.Heal();
        }
    }
}
