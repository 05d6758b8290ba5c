namespace Pat.History.Tests;

/// <summary>One weakened build for all tests of the assembly, made when the first of them asks for it.</summary>
public sealed class WeakenedBuildFixture : IAsyncLifetime
{
    private readonly Lazy<Task<WeakenedBuild>> _build = new(WeakenedBuild.MakeAsync);

    public Task<WeakenedBuild> GetAsync() => _build.Value;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_build.IsValueCreated)
        {
            // Where it failed, its tests have.
            await ((Task)_build.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_build.Value.IsCompletedSuccessfully)
            {
                await (await _build.Value).DisposeAsync();
            }
        }
    }
}
