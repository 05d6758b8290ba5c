namespace Pat.Fuzz.Tests;

/// <summary>What fails on some inputs, where a test wants that.</summary>
internal sealed class FaultyTarget : FuzzTarget
{
    public const string Failing = "xyz";
    public const string Allocating = "zyx";

    public string? Faults { get; set; }

    public override IReadOnlyList<string> Watched => [];

    public override IReadOnlyList<string> Words => ["xy", "z"];

    public override int DrawnShare => 100;

    public override IReadOnlyList<InputShare> Shares => [new("as no input is", Faults is null ? 0.5 : 0, static _ => false)];

    public override string Draw(Random random) => string.Concat(Enumerable.Range(0, 40).Select(_ => "abcxyz"[random.Next(6)]));

    public override ValueTask TryAsync(string input, Cost cost)
    {
        var isFaulty = Faults is not null && input.Contains(Faults, StringComparison.Ordinal);
        cost.Start();
        var copy = isFaulty && Faults == Allocating ? input.ToCharArray() : [];
        cost.Stop(0);
        FuzzFailure.Unless(!isFaulty, $"It has {copy.Length}.");
        return ValueTask.CompletedTask;
    }
}
