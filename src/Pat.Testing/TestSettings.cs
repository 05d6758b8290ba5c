using Microsoft.Extensions.Options;

namespace Pat.Testing;

/// <summary>What tests would wait for, or run into after the fiftieth token of one user.</summary>
internal sealed class TestSettings : IPostConfigureOptions<PersonalAccessTokenOptions>
{
    public void PostConfigure(string? name, PersonalAccessTokenOptions options)
    {
        options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256;
        options.MaxTokensPerOwner = 10_000;
        options.MaxSecretsPerOwnerPerDay = 1_000_000;
    }
}
