using CsCheck;
using Pat.TestSupport;

namespace Pat.Fuzz;

/// <summary>
/// Draws lives of tokens until so many steps were done and all that has to be reached was, each life on the same database,
/// emptied.
/// </summary>
/// <param name="database">Where they live.</param>
/// <param name="steps">How many at least.</param>
/// <param name="mostSteps">How many at most, where something is not reached.</param>
/// <param name="anyStep">What they are made of.</param>
internal sealed class ManagerSample(TestDatabase database, long steps, long mostSteps, Gen<Step> anyStep)
{
    private const int LongestLife = 200;
    private const int LivesAtOnce = 50;

    private readonly Gen<Step[]> _anyLife = anyStep.Array[1, LongestLife];

    private Step[] _failed = [];

    /// <summary>How many steps were done.</summary>
    public long Steps { get; private set; }

    /// <summary>How many lives they belong to.</summary>
    public int Lives { get; private set; }

    /// <summary>What steps came to, and how often.</summary>
    public Dictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    private bool IsDone => Steps >= steps && (Steps >= mostSteps || !Missing.Any());

    private IEnumerable<string> Missing => StepOutcomes.Required.Where(outcome => !Outcomes.ContainsKey(outcome));

    /// <param name="failedCase">A case that failed before, as it was printed, to begin with; or null.</param>
    /// <returns>
    /// A life that fails, without the steps that it fails without too, and the seed of its like; or what was not reached; or
    /// null.
    /// </returns>
    public async Task<string?> SampleAsync(string? failedCase)
    {
        while (!IsDone)
        {
            try
            {
                await _anyLife.SampleAsync(LiveAsync, seed: failedCase, iter: LivesAtOnce, threads: 1, print: Print);
                failedCase = null;
            }
            catch (CsCheckException exception)
            {
                var (shortest, fault) = await ShortenAsync(_failed);
                return $"{exception.Message.Split('\n')[0]}\n  {Print(shortest)}\n  {fault ?? exception.InnerException}";
            }
        }

        return Missing.Any() ? $"No step came to: {string.Join(", ", Missing)}" : null;
    }

    private static string Print(Step[] life) => string.Join(", ", life.AsEnumerable());

    private async Task LiveAsync(Step[] life)
    {
        if (IsDone)
        {
            return;
        }

        Lives++;
        try
        {
            await LiveAsync(life, outcome =>
            {
                Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
                Steps++;
            });
        }
        catch
        {
            _failed = life;
            throw;
        }
    }

    private async Task LiveAsync(Step[] life, Action<string> note)
    {
        var model = new ManagerModel();
        await using var node = await ManagerNode.StartAsync(database, model.Owners);
        var runner = new StepRunner(node, model);
        foreach (var step in life)
        {
            note(await runner.RunAsync(step));
        }
    }

    /// <summary>Takes away from a life the steps that it fails without.</summary>
    private async Task<(Step[] Life, Exception? Fault)> ShortenAsync(Step[] life)
    {
        var fault = await FindFaultAsync(life);
        for (var length = life.Length; fault is not null && length > 0;)
        {
            var isShorter = false;
            for (var at = 0; at + length <= life.Length;)
            {
                Step[] shorter = [.. life[..at], .. life[(at + length)..]];
                if (await FindFaultAsync(shorter) is { } found)
                {
                    (life, fault, isShorter) = (shorter, found, true);
                }
                else
                {
                    at += length;
                }
            }

            length = isShorter ? Math.Min(length, life.Length) : length / 2;
        }

        return (life, fault);
    }

    private async Task<Exception?> FindFaultAsync(Step[] life)
    {
        try
        {
            await LiveAsync(life, static _ => { });
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
