using System.Collections.Concurrent;

namespace Pat.AspNetCore.Tests;

/// <summary>Which foreign scheme was asked for what.</summary>
internal sealed class ForwardedCalls
{
    private readonly ConcurrentQueue<string> _calls = new();

    public IReadOnlyCollection<string> All => _calls;

    public void Add(string scheme, Verb verb) => _calls.Enqueue($"{scheme}: {verb}");
}
