using Microsoft.Extensions.Configuration;

namespace Pat.Client;

internal sealed class ConfigurationTokenSource(IConfiguration configuration, string key) : TokenSource
{
    public override string Cure => "Set it to a token, by user secrets or a store of secrets and in no file that is under version control.";

    public override ValueTask<string?> ReadAsync(CancellationToken cancellationToken) => new(configuration[key]);

    public override string ToString() => $"the configuration key {key}";
}
