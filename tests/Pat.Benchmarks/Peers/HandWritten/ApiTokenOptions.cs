using Microsoft.AspNetCore.Authentication;

namespace Pat.Benchmarks.Peers;

internal sealed class ApiTokenOptions : AuthenticationSchemeOptions
{
    /// <summary>How far apart two notes of a token's last use are at least; zero notes every request.</summary>
    public TimeSpan LastUseResolution { get; set; }
}
