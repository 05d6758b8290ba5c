using Microsoft.AspNetCore.Http;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>One request through the real middleware, without a network: what authentication costs, in time and in bytes.</summary>
internal sealed class PipelineBenchmark(bool isQuick) : IAsyncDisposable
{
    /// <summary>
    /// How many requests one application gets before it is another's turn: few, so that what else happens on the machine
    /// happens to all.
    /// </summary>
    private const int Turn = 300;

    private const int Seed = 1;

    private readonly int _rounds = isQuick ? 3 : 9;
    private readonly int _requests = isQuick ? 600 : 30_000;
    private readonly Random _order = new(Seed);
    private readonly List<IAsyncDisposable> _running = [];

    public async Task<Report> RunAsync()
    {
        var authorized = await StartAuthorizedAsync();
        var refused = await StartRefusedAsync();
        Console.WriteLine($"{_rounds} rounds of {_requests} requests for each of {authorized.Count + refused.Count}, interleaved");
        Measure(authorized);
        Measure(refused);

        var report = new Report("pipeline", isQuick)
        {
            Settings =
            {
                ["rounds"] = $"{_rounds}, after a third as many to warm up",
                ["requests"] = $"{_requests} a round, {Turn} at a time",
            },
            Tables =
            {
                Tabulate("authorized", "An authorized request; a principal of 12 claims, and the endpoint reads the user's id. By floor: medians of the rounds' ratios.", authorized),
                Tabulate("refused", "A refused request, beside a handler that fails without looking", refused),
            },
        };
        report.Tables.Add(Compare(authorized));
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_running))
        {
            await one.DisposeAsync();
        }
    }

    private async Task<List<Lane>> StartAuthorizedAsync()
    {
        var pat = await StartPatAsync("pat", hasCookies: false);
        var cookies = await StartPatAsync("pat + cookies", hasCookies: true);
        var plain = await StartAsync(new PlainFloor(await pat.SendAsync(FloorAnswer.OutsideOf)));
        var floor = new Lane("floor", await StartFloorAsync(pat, hasCookies: false), null, BenchmarkedApplication.Authenticated);
        var cookiesFloor = new Lane(
            "floor + cookies", await StartFloorAsync(cookies, hasCookies: true), null, BenchmarkedApplication.Authenticated);
        var plainFloor = new Lane("plain floor", plain, null, BenchmarkedApplication.Authenticated);
        List<Lane> lanes =
        [
            new("none", await StartAsync(new NoAuthentication()), null, BenchmarkedApplication.Anonymous),
            plainFloor,
            floor,
            new("pat", pat, floor, BenchmarkedApplication.Authenticated),
            cookiesFloor,
            new("pat + cookies", cookies, cookiesFloor, BenchmarkedApplication.Authenticated),
        ];
        IContender[] others = [JwtContender.Hs256(), JwtContender.Rs256(), JwtContender.Es256(), new BearerTokenContender()];
        foreach (var other in others)
        {
            lanes.Add(new Lane(other.Name, await StartAsync(other), plainFloor, BenchmarkedApplication.Authenticated));
        }

        return lanes;
    }

    private async Task<List<Lane>> StartRefusedAsync()
    {
        List<Lane> lanes = [];
        foreach (var (kind, value) in Refusals.WithoutLookUp)
        {
            var pat = await StartPatAsync(kind, hasCookies: false, value);
            var floor = new Lane(
                $"floor, {kind}", await StartFloorAsync(pat, hasCookies: false, value), null, StatusCodes.Status401Unauthorized);
            lanes.Add(floor);
            lanes.Add(new Lane($"pat, {kind}", pat, floor, StatusCodes.Status401Unauthorized));
        }

        return lanes;
    }

    private Task<PipelineApplication> StartPatAsync(string name, bool hasCookies, string? authorization = null) =>
        StartAsync(new PatContender(name, CreateDatabase(), hasCookies, hasOwners: true), authorization);

    private async Task<PipelineApplication> StartFloorAsync(PipelineApplication pat, bool hasCookies, string? authorization = null) =>
        await StartAsync(new FloorInPlace("floor", await pat.SendAsync(FloorAnswer.Of), CreateDatabase(), hasCookies), authorization);

    private async Task<PipelineApplication> StartAsync(IContender contender, string? authorization = null)
    {
        var application = await PipelineApplication.StartAsync(contender, authorization);
        _running.Add(application);
        return application;
    }

    private Database CreateDatabase()
    {
        var database = TestDatabase.SqliteMemory();
        _running.Add(database);
        return Database.Of(database);
    }

    private void Measure(List<Lane> lanes)
    {
        for (var round = 0; round < Math.Max(2, _rounds / 3); round++)
        {
            lanes.ForEach(lane => lane.WarmUp(_requests));
        }

        Lane[] shuffled = [.. lanes];
        for (var round = 0; round < _rounds; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            for (var turn = 0; turn < _requests / Turn; turn++)
            {
                // None always runs after the same one, whose caches it would find.
                _order.Shuffle(shuffled);
                foreach (var lane in shuffled)
                {
                    lane.Measure(Turn);
                }
            }

            lanes.ForEach(lane => lane.EndRound());
        }
    }

    private static FigureTable Tabulate(string name, string caption, List<Lane> lanes)
    {
        var table = new FigureTable(
            name, caption, "contender", "ns", "ns range", "bytes", "bytes counted in", "floor", "time by floor", "range", "bytes above floor");
        foreach (var lane in lanes)
        {
            var ratio = lane.TimeByFloor;
            table.Add(
                lane.Name,
                lane.Time.Median,
                lane.Time.Range,
                lane.Bytes.Median,
                lane.HasWaited ? "process" : "thread",
                lane.Floor?.Name,
                ratio?.Median,
                ratio?.Range,
                lane.Floor is null ? null : lane.Bytes.Median - lane.Floor.Bytes.Median);
        }

        return table;
    }

    private static FigureTable Compare(List<Lane> lanes)
    {
        var pat = lanes.Single(lane => lane.Name == "pat");
        var table = new FigureTable("compared", "Time by Pat's (its only scheme)", "contender", "time by pat", "range");
        foreach (var lane in lanes.Where(lane => lane != pat))
        {
            var ratio = lane.By(pat)!;
            table.Add(lane.Name, ratio.Median, ratio.Range);
        }

        return table;
    }
}
