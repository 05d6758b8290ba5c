using Microsoft.Extensions.Logging;

namespace Pat;

/// <summary>The log of verification, in which faults are told so many times a second: whoever presents tokens can cause one each time.</summary>
internal sealed class VerificationLogger(ILoggerFactory loggers, TimeProvider timeProvider) : ILogger<PersonalAccessTokenVerifier>
{
    private readonly ILogger _logger = loggers.CreateLogger<PersonalAccessTokenVerifier>();
    private readonly SecondBudget _budget = new(timeProvider);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => _logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel < LogLevel.Warning || MayWrite())
        {
            _logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    private bool MayWrite()
    {
        var mayWrite = _budget.TryTake(out var omitted);
        if (omitted > 0)
        {
            Pat.Log.FaultsOmitted(_logger, omitted);
        }

        return mayWrite;
    }
}
