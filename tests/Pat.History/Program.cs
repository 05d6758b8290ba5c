using System.Globalization;
using Pat.History;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

const string Usage = """
    dotnet run -c Release --project tests/Pat.History -- WHAT [options]

      run           nodes under load while things break, for ten minutes; what happened is judged afterwards
      propagation   how long a change takes to the other nodes, under 2,000 requests a second, nothing broken
      outage        requests a second with proven tokens while the store is down, beside normal ones

      --feed postgresql|redis   how nodes hear of each other (default: postgresql)
      --seed N                  repeats the plan of an earlier run
      --seconds N               how long there is load, at least
      --repeats N               how often each fault is made (default: 5)
      --faults A,B              only these: the names that a report has
    """;

var options = new Dictionary<string, string>();
for (var index = 1; index + 1 < args.Length; index += 2)
{
    options[args[index]] = args[index + 1];
}

var settings = new RunSettings();
if (options.TryGetValue("--feed", out var feed))
{
    settings = settings with { Feed = Enum.Parse<FeedKind>(feed, ignoreCase: true) };
}

if (options.TryGetValue("--seed", out var seed))
{
    settings = settings with { Seed = int.Parse(seed, CultureInfo.InvariantCulture) };
}

if (options.TryGetValue("--seconds", out var seconds))
{
    settings = settings with { Duration = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) };
}

if (options.TryGetValue("--repeats", out var repeats))
{
    settings = settings with { Repeats = int.Parse(repeats, CultureInfo.InvariantCulture) };
}

if (options.TryGetValue("--faults", out var faults))
{
    settings = settings with { Faults = faults.Split(',', StringSplitOptions.RemoveEmptyEntries) };
}

switch (args.FirstOrDefault())
{
    case "run":
        return await RunAsync(settings);

    case "propagation":
        return await RunAsync(settings with
        {
            Nodes = 3,
            Faults = [],
            Duration = TimeSpan.FromSeconds(120),
            PresentationsPerSecond = 2_000,
            RevocationsPerSecond = 20,
        });

    case "outage":
        return await OutageRun.RunAsync(settings, Console.Out) ? 0 : 1;

    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static async Task<int> RunAsync(RunSettings settings)
{
    Console.WriteLine($"seed {settings.Seed}");
    var report = await HistoryRun.RunAsync(settings, Console.Out);
    Console.WriteLine(report.Text);
    return report.Violations.Count == 0 ? 0 : 1;
}
