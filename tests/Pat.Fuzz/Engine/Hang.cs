namespace Pat.Fuzz;

/// <summary>Ends the process, with the input that did it, where a single one is not done within a minute.</summary>
internal sealed class Hang : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Timer _timer;
    private volatile string? _input;
    private string? _lastSeen;

    public Hang() => _timer = new Timer(_ => Look(), null, Limit, Limit);

    /// <summary>What is tried now.</summary>
    public string Input
    {
        set => _input = value;
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var input = _input;
        if (input is not null && ReferenceEquals(input, _lastSeen))
        {
            Environment.FailFast($"An input takes over a minute: {Corpus.Write(input)}");
        }

        _lastSeen = input;
    }
}
