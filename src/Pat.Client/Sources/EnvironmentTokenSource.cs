namespace Pat.Client;

internal sealed class EnvironmentTokenSource(string variable) : TokenSource
{
    public override string Cure => $"Set {variable} to a token.";

    public override ValueTask<string?> ReadAsync(CancellationToken cancellationToken) =>
        new(Environment.GetEnvironmentVariable(variable));

    public override string ToString() => $"the environment variable {variable}";
}
