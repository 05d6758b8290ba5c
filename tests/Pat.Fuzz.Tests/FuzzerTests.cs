namespace Pat.Fuzz.Tests;

/// <summary>That what has a fault is found to have it.</summary>
[Collection("Fuzzing")]
public sealed class FuzzerTests
{
    [Theory]
    [InlineData(FaultyTarget.Failing, "It fails.")]
    [InlineData(FaultyTarget.Allocating, "It allocated 32 bytes, and may 0.")]
    [InlineData(FaultyTarget.AllocatingMuch, "It allocated 200000024 bytes, and may 0.")]
    [InlineData(FaultyTarget.Slow, "It took 6.0 seconds.")]
    public async Task A_fault_is_found_and_its_input_shortened(string faulty, string what)
    {
        var report = await RunAsync(new FaultyTarget { Faults = faulty }, 10_000);

        var problem = Assert.Single(report.Problems);
        Assert.StartsWith($"found with seed 7: {faulty}\n", problem, StringComparison.Ordinal);
        Assert.True(problem.Contains(what, StringComparison.Ordinal), problem);
    }

    [Fact]
    public async Task Too_few_inputs_of_a_kind_are_a_problem()
    {
        var report = await RunAsync(new FaultyTarget(), 100);

        Assert.Equal(["Only 0 of 100 inputs were as no input is: at least 50 % have to be."], report.Problems);
    }

    [Fact]
    public async Task Branches_that_nothing_took_are_a_problem()
    {
        // Nothing is instrumented here, so nothing is seen to be taken.
        string[] outcomes = ["Pat.PersonalAccessTokenFormat.TryParse IL_0000 jumps", "Pat.Base62.TryRead IL_0000 jumps"];

        var report = await RunAsync(new TokenTarget(), 1_000, outcomes);

        Assert.Equal(outcomes.Select(outcome => $"Never taken: {outcome}"), report.Problems);
    }

    [Fact]
    public async Task Watching_what_has_no_branches_is_a_problem()
    {
        var report = await RunAsync(new TokenTarget(), 1_000, "Pat.PersonalAccessTokenFormats.TryParse IL_0000 jumps", "Pat.Other.TryRead IL_0000 jumps");

        Assert.Equal(
            ["No branch is in Pat.PersonalAccessTokenFormat, which is watched.", "No branch is in Pat.Base62, which is watched."], report.Problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text, \"quoted\", a space at the end ")]
    [InlineData("\\ \0 \n \u00e4 \ud83d\ude00 \ud800")]
    public void An_input_of_the_corpus_is_read_as_it_was_written(string input)
    {
        var line = Corpus.Write(input);

        Assert.Equal(input, Corpus.Read(line));
        Assert.All(line, character => Assert.InRange(character, ' ', '~'));
        Assert.Equal(line.TrimEnd(), line);
    }

    private static Task<FuzzReport> RunAsync(FuzzTarget target, int executions, params string[] outcomes)
    {
        var settings = new FuzzSettings("none") { Seed = 7, Executions = executions };
        var clock = target is FaultyTarget faulty ? faulty.Clock : TimeProvider.System;
        return new Fuzzer(target, settings, Corpus.Of("none"), new BranchCoverage(outcomes), clock).RunAsync();
    }
}
