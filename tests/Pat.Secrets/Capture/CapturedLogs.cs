using Microsoft.Extensions.Logging;

namespace Pat.Secrets.Capture;

/// <summary>Every log of a host, at any level: message, arguments, exception and scopes.</summary>
[ProviderAlias("Captured")]
internal sealed class CapturedLogs(Recording recording) : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private void Write<TState>(string category, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        recording.Write("log", () => $"{category} {formatter(state, exception)}");
        recording.Write("log arguments", () => $"{category} {TextOf(state)}");
        if (exception is not null)
        {
            recording.Write("log exception", exception.ToString);
        }

        _scopes.ForEachScope(static (scope, recording) => recording.Write("log scope", () => $"{scope} {TextOf(scope)}"), recording);
    }

    private static string TextOf(object? state) => state is IEnumerable<KeyValuePair<string, object?>> pairs
        ? string.Join(' ', pairs.Select(static pair => $"{pair.Key}={pair.Value}"))
        : $"{state}";

    private sealed class Logger(string category, CapturedLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logs._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Write(category, state, exception, formatter);
    }
}
