namespace Pat.Client;

internal sealed class CallbackTokenSource(
    Func<IServiceProvider, CancellationToken, ValueTask<string?>> callback, IServiceProvider services) : TokenSource
{
    public override string Cure => "See why it gave none.";

    public override ValueTask<string?> ReadAsync(CancellationToken cancellationToken) => callback(services, cancellationToken);

    public override string ToString() => "the callback";
}
