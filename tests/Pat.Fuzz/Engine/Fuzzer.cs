using System.Diagnostics;
using System.Globalization;

namespace Pat.Fuzz;

/// <summary>
/// Tries inputs: the corpus, then as many drawn or changed ones as were asked for. What takes a branch in a new way is
/// kept, to be changed further.
/// </summary>
internal sealed class Fuzzer
{
    private readonly FuzzTarget _target;
    private readonly FuzzSettings _settings;
    private readonly Corpus _corpus;
    private readonly BranchCoverage _coverage;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly Cost _cost;
    private readonly long[] _shares;
    private readonly List<string> _kept = [];

    /// <param name="clock">What an input's time is taken by.</param>
    public Fuzzer(FuzzTarget target, FuzzSettings settings, Corpus corpus, BranchCoverage coverage, TimeProvider clock)
    {
        (_target, _settings, _corpus, _coverage) = (target, settings, corpus, coverage);
        _cost = new Cost(clock);
        _random = new Random(settings.Seed);
        _mutator = new Mutator(_random, target.Words);
        _shares = new long[target.Shares.Count];
    }

    public async Task<FuzzReport> RunAsync()
    {
        var executions = _settings.Executions ?? _target.LongForm;
        var started = Stopwatch.GetTimestamp();
        using var hang = new Hang();
        var failure = await TryAllAsync(_corpus.Inputs, hang);
        var done = 0L;
        for (; done < executions && failure is null; done++)
        {
            var input = Next();
            for (var share = 0; share < _shares.Length; share++)
            {
                _shares[share] += _target.Shares[share].Includes(input) ? 1 : 0;
            }

            failure = await TryAsync(input, hang);
        }

        var time = Stopwatch.GetElapsedTime(started);
        List<string> problems = [.. FindProblems(done, failure)];
        var corpus = _kept;
        if (failure is null && _settings.Save)
        {
            corpus = await MinimizeAsync(hang);
            _corpus.Save(corpus);
        }

        return new FuzzReport(Describe(done, time, corpus.Count), problems);
    }

    private string Next()
    {
        if (_kept.Count == 0 || _random.Next(100) < _target.DrawnShare)
        {
            return _target.Draw(_random);
        }

        return _mutator.Mutate(_kept[_random.Next(_kept.Count)], _kept[_random.Next(_kept.Count)]);
    }

    private async Task<string?> TryAllAsync(IEnumerable<string> inputs, Hang hang)
    {
        foreach (var input in inputs)
        {
            if (await TryAsync(input, hang) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private async ValueTask<string?> TryAsync(string input, Hang hang)
    {
        hang.Input = input;
        try
        {
            await TryTwiceAsync(input);
        }
        catch (Exception exception)
        {
            var (shortest, fault) = await ShortenAsync(input, exception, hang);
            return $"found with seed {_settings.Seed}: {Corpus.Write(shortest)}\n  {fault}";
        }

        if (_coverage.Add())
        {
            _kept.Add(input);
        }

        return null;
    }

    /// <summary>
    /// What the runtime allocates once, where it compiles a method anew while it runs, is not the product's: what that
    /// allocates, it allocates again.
    /// </summary>
    private async ValueTask TryTwiceAsync(string input)
    {
        try
        {
            await _target.TryAsync(input, _cost);
        }
        catch (AllocationFailure)
        {
            await _target.TryAsync(input, _cost);
        }
    }

    /// <summary>Takes away from an input what it fails without.</summary>
    private async Task<(string Input, Exception Fault)> ShortenAsync(string input, Exception fault, Hang hang)
    {
        for (var length = input.Length / 2; length > 0;)
        {
            var isShorter = false;
            for (var at = 0; at + length <= input.Length;)
            {
                var shorter = input.Remove(at, length);
                hang.Input = shorter;
                try
                {
                    await TryTwiceAsync(shorter);
                    at += length;
                }
                catch (Exception exception) when (exception.GetType() == fault.GetType())
                {
                    (input, fault, isShorter) = (shorter, exception, true);
                }
            }

            length = isShorter ? Math.Min(length, input.Length) : length / 2;
        }

        return (input, fault);
    }

    /// <summary>The fewest and shortest inputs that take all that those kept took: greedily, the shortest first.</summary>
    private async Task<List<string>> MinimizeAsync(Hang hang)
    {
        HashSet<int> taken = [];
        List<string> chosen = [];
        BranchCoverage.Take();
        foreach (var input in _kept.OrderBy(input => input.Length).ThenBy(input => input, StringComparer.Ordinal))
        {
            hang.Input = input;
            await TryTwiceAsync(input);
            var own = BranchCoverage.Take();
            if (!own.IsSubsetOf(taken))
            {
                taken.UnionWith(own);
                chosen.Add(input);
            }
        }

        return chosen;
    }

    private IEnumerable<string> FindProblems(long executions, string? failure)
    {
        if (failure is not null)
        {
            yield return failure;
            yield break;
        }

        foreach (var (share, count) in _target.Shares.Zip(_shares))
        {
            if (count < share.Least * executions)
            {
                yield return $"Only {count} of {executions} inputs were {share.Name}: at least {share.Least:P0} have to be.";
            }
        }

        foreach (var name in _target.Watched.Where(name => _coverage.Count([name]) == 0))
        {
            yield return $"No branch is in {name}, which is watched.";
        }

        foreach (var missing in _target.IsComplete ? _coverage.Missing(_target.Watched) : [])
        {
            yield return $"Never taken: {missing}";
        }
    }

    private string Describe(long executions, TimeSpan time, int corpus)
    {
        var shares = string.Concat(_target.Shares.Zip(
            _shares, (share, count) => $", {100.0 * count / Math.Max(executions, 1):0.0} % {share.Name}"));
        var all = _coverage.Count(_target.Watched);
        var missing = _coverage.Missing(_target.Watched).Count();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{executions:N0} executions in {time.TotalSeconds:0} s, seed {_settings.Seed}{shares}; corpus {corpus}; branches {all - missing} of {all}; at most {_cost.MostAllocated:N0} bytes and {_cost.MostTime.TotalMilliseconds:0.0} ms");
    }
}
