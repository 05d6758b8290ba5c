using Microsoft.Extensions.Time.Testing;

namespace Pat.Fuzz.Tests;

/// <summary>What fails on some inputs, where a test wants that.</summary>
internal sealed class FaultyTarget : FuzzTarget
{
    public const string Failing = "xyz";
    public const string Allocating = "zyx";
    public const string AllocatingMuch = "zzz";
    public const string Slow = "xxx";

    public string? Faults { get; set; }

    public FakeTimeProvider Clock { get; } = new();

    public override IReadOnlyList<string> Watched => [];

    public override IReadOnlyList<string> Words => ["xy", "z"];

    public override int DrawnShare => 100;

    public override IReadOnlyList<InputShare> Shares => [new("as no input is", Faults is null ? 0.5 : 0, static _ => false)];

    public override string Draw(Random random) => string.Concat(Enumerable.Range(0, 40).Select(_ => "abcxyz"[random.Next(6)]));

    public override ValueTask TryAsync(string input, Cost cost)
    {
        var fault = Faults is not null && input.Contains(Faults, StringComparison.Ordinal) ? Faults : null;
        cost.Start();
        Do(fault, input);
        cost.Stop(0);
        FuzzFailure.Unless(fault != Failing, "It fails.");
        return ValueTask.CompletedTask;
    }

    private void Do(string? fault, string input)
    {
        switch (fault)
        {
            case Allocating:
                input.ToCharArray();
                break;

            case AllocatingMuch:
                // So much that the runtime collects garbage meanwhile.
                GC.AllocateUninitializedArray<byte>(200_000_000);
                break;

            case Slow:
                Clock.Advance(TimeSpan.FromSeconds(6));
                break;
        }
    }
}
