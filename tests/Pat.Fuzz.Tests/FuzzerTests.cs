namespace Pat.Fuzz.Tests;

/// <summary>That what has a fault is found to have it.</summary>
[Collection("Fuzzing")]
public sealed class FuzzerTests
{
    [Theory]
    [InlineData(FaultyTarget.Failing)]
    [InlineData(FaultyTarget.Allocating)]
    public async Task A_fault_is_found_and_its_input_shortened(string faulty)
    {
        var report = await RunAsync(new FaultyTarget { Faults = faulty }, 10_000);

        Assert.StartsWith($"found with seed 7: {faulty}\n", Assert.Single(report.Problems), StringComparison.Ordinal);
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
        var report = await RunAsync(new TokenTarget(), 1_000, "Pat.Base62.TryRead IL_0000 jumps");

        Assert.Equal(["Never taken: Pat.Base62.TryRead IL_0000 jumps"], report.Problems);
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
        return new Fuzzer(target, settings, Corpus.Of("none"), new BranchCoverage(outcomes)).RunAsync();
    }
}
