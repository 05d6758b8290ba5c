using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>What notes the secrets of a captured run: that it is there to be applied costs no time to see.</summary>
public sealed class RecordedPatchTests
{
    [Fact]
    public async Task It_fits_the_sources() =>
        Assert.Equal("", await Repository.CheckPatchAsync(Repository.PathOf("tests/Pat.Secrets/recorded.patch")));
}
