namespace Pat.Fuzz;

/// <summary>A part of the product that takes texts from strangers, and what has to hold for each of them.</summary>
internal abstract class FuzzTarget : IAsyncDisposable
{
    /// <summary>How many inputs the long form tries.</summary>
    public virtual long LongForm => 10_000_000;

    /// <summary>The types and methods whose branches are reported. Each has to have some.</summary>
    public abstract IReadOnlyList<string> Watched { get; }

    /// <summary>Whether every outcome of every branch of <see cref="Watched"/> has to be taken.</summary>
    public virtual bool IsComplete => false;

    /// <summary>Texts to put into inputs.</summary>
    public abstract IReadOnlyList<string> Words { get; }

    /// <summary>How many of a hundred inputs are drawn by <see cref="Draw"/>; the others are changed ones of the corpus.</summary>
    public virtual int DrawnShare => 40;

    /// <summary>What at least a part of all inputs has to be, so that they get past the first test.</summary>
    public virtual IReadOnlyList<InputShare> Shares => [];

    /// <summary>Draws an input that has the structure of a right one, or nearly.</summary>
    public abstract string Draw(Random random);

    /// <summary>Tries an input. Whatever it throws is a finding.</summary>
    public abstract ValueTask TryAsync(string input, Cost cost);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
