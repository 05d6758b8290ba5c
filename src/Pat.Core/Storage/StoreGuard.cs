using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>
/// Asks the store for what a request waits for: within a time limit, and not at all while it is known not to answer (a
/// circuit breaker). <see cref="StoreMonitor"/> finds that out and finds its end; a call that fails may have its own reasons.
/// </summary>
internal sealed class StoreGuard(TimeProvider timeProvider, IOptions<PersonalAccessTokenOptions> options, PatMetrics metrics)
{
    /// <summary>The failures in a row, of any calls, after which the store itself is looked at.</summary>
    private const int Suspicious = 3;

    private readonly TimeSpan _limit = options.Value.StoreTimeout;
    private volatile TaskCompletionSource _suspicion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOpen;
    private int _failures;

    /// <summary>Whether the store is known not to answer.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Whether so many calls in a row failed that it may not be their own fault.</summary>
    public bool IsSuspicious => Volatile.Read(ref _failures) >= Suspicious;

    /// <summary>Done when it becomes suspicious.</summary>
    public Task Suspicion => _suspicion.Task;

    public void Open() => _isOpen = true;

    public void Close()
    {
        _isOpen = false;
        Trust();
    }

    /// <summary>Shows on the meter whether the store answers.</summary>
    public void Observe() => metrics.ObserveStore(() => _isOpen ? 0 : 1);

    /// <param name="call">Asks the store; given a token that cancels when the caller gives up or the time is over.</param>
    /// <param name="cancellationToken">The caller gives up, as far as <paramref name="call"/> lets it.</param>
    /// <param name="late">Run when a call ends for which nobody waits any more.</param>
    /// <exception cref="PersonalAccessTokenUnavailableException">
    /// The store does not answer, or not in time. Another fault of the call is thrown as it is.
    /// </exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, Func<Task>? late = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isOpen)
        {
            throw new PersonalAccessTokenUnavailableException("The token store does not answer at the moment; it is tried every second.");
        }

        using var limit = new CancellationTokenSource(_limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Task<T>? running = null;
        try
        {
            running = call(either.Token);
            var result = await running.InTimeAsync(limit.Token).ConfigureAwait(false);
            Trust();
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // What runs here may run within the timer's own call, before the call's token has heard of it; and that ends with this method.
            await either.CancelAsync().ConfigureAwait(false);
            if (late is not null && running is { IsCompleted: false })
            {
                _ = RunLateAsync(running, late);
            }

            Suspect();
            if (!StoreOutage.IsBehind(exception))
            {
                throw;
            }

            throw new PersonalAccessTokenUnavailableException("The token store does not answer, or lacks its tables.", exception);
        }
    }

    private static async Task RunLateAsync(Task running, Func<Task> late)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await late().ConfigureAwait(false);
    }

    private void Suspect()
    {
        if (Interlocked.Increment(ref _failures) >= Suspicious)
        {
            _suspicion.TrySetResult();
        }
    }

    private void Trust()
    {
        if (Volatile.Read(ref _failures) != 0)
        {
            Volatile.Write(ref _failures, 0);
        }

        // Also where there are no failures: whoever counted the last one may say so after it was forgiven.
        if (_suspicion.Task.IsCompleted)
        {
            _suspicion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
