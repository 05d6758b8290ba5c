using Xunit;

namespace Pat.AspNetCore.TestSupport;

/// <summary>One application for the many cases of a class, each of which signs in as somebody else.</summary>
public sealed class ManagementApp : IAsyncLifetime
{
    private int _owners;

    public TestApp App { get; private set; } = null!;

    public string NextOwner() => $"owner-{Interlocked.Increment(ref _owners)}";

    public async ValueTask InitializeAsync() => App = await Management.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
