namespace Pat.TestSupport;

/// <summary>A database that nobody can connect to, for as long as this lives.</summary>
internal sealed class DatabaseOutage(Func<Task> endAsync) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await endAsync();
}
