using System.Globalization;
using System.Net.Http.Headers;

namespace Pat.History;

/// <summary>
/// Counts how many requests with proven tokens a node answers while its store can't be reached, and while it can, in turns.
/// </summary>
public static class OutageRun
{
    private const int Turns = 5;
    private const int Tokens = 100;
    private const int Connections = 16;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    /// <summary>What is known is read again in it, and lasts through the next outage.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    /// <returns>Whether all that was asked in an outage was answered as before.</returns>
    public static async Task<bool> RunAsync(RunSettings settings, TextWriter log)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(log);
        settings = settings with { Nodes = 1, MaxStaleness = TimeSpan.FromSeconds(60) };
        var history = new RunHistory { MaxStaleness = settings.MaxStaleness };
        await using var cluster = await HistoryCluster.StartAsync(settings, history);
        var node = cluster.Nodes[0];
        var changes = new TokenChanges(history);
        var values = new List<string>();
        for (var count = 0; count < Tokens; count++)
        {
            values.Add((await changes.CreateAsync(node, cluster.ChangingOwners[0], lifetime: null))!.Secrets[0]);
        }

        // Once for nothing, so that all is compiled and connected.
        await CountAsync(node, values);
        var (normal, outage) = (new List<Answers>(), new List<Answers>());
        for (var turn = 0; turn < Turns; turn++)
        {
            normal.Add(await CountAsync(node, values));
            Break(static proxy => proxy.Cut());
            outage.Add(await CountAsync(node, values));
            Break(static proxy => proxy.Heal());
            await log.WriteLineAsync(FormattableString.Invariant($"{normal[^1]}; store down: {outage[^1]}"));
            await Task.Delay(Between);
        }

        var shares = normal.Zip(outage, static (one, other) => (double)other.Accepted / one.Accepted).Order().ToArray();
        await log.WriteLineAsync(FormattableString.Invariant(
            $"store down / normal: {shares[Turns / 2]:F3} ({shares[0]:F3} to {shares[^1]:F3}), medians of {Turns} windows of {Window.TotalSeconds} s"));
        return outage.TrueForAll(static answers => answers.Other == 0);

        void Break(Action<TcpProxy> change)
        {
            foreach (var proxy in node.Network)
            {
                change(proxy);
            }
        }
    }

    private static async Task<Answers> CountAsync(ClusterNode node, List<string> values)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = node.Address };
        using var over = new CancellationTokenSource(Window);
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(first => PresentAsync(http, values, first, over.Token)));
        return new Answers(counts.Sum(static count => count.Accepted), counts.Sum(static count => count.Other));
    }

    private static async Task<Answers> PresentAsync(HttpClient http, List<string> values, int first, CancellationToken over)
    {
        var (accepted, other) = (0, 0);
        for (var next = first; !over.IsCancellationRequested; next++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tasks");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", values[next % values.Count]);
            request.Headers.Add("X-Pat-History", "1");
            using var response = await http.SendAsync(request, CancellationToken.None);
            if (response.IsSuccessStatusCode)
            {
                accepted++;
            }
            else
            {
                other++;
            }
        }

        return new Answers(accepted, other);
    }

    private sealed record Answers(int Accepted, int Other)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Accepted / Window.TotalSeconds:F0} a second, {Other} not accepted");
    }
}
