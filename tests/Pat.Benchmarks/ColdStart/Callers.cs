using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace Pat.Benchmarks;

/// <summary>
/// Scripts that each ask once a second with a token of their own, at a moment of the second of their own, whether or not they
/// have had their last answer. They do not heed Retry-After.
/// </summary>
internal sealed class Callers(Uri address, IReadOnlyList<string> tokens)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Answer> _answers = [];
    private readonly bool[] _isProven = new bool[tokens.Count];
    private readonly TaskCompletionSource _allProven = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _proven;
    private long _started;

    /// <summary>Asks until every token has been accepted, and for as long again as <paramref name="longer"/>.</summary>
    public async Task<IReadOnlyList<Answer>> RunAsync(TimeSpan longer, TimeSpan limit)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var stop = new CancellationTokenSource();
        _started = Stopwatch.GetTimestamp();
        var calling = Enumerable.Range(0, tokens.Count).Select(caller => CallAsync(client, caller, stop.Token)).ToList();
        try
        {
            await _allProven.Task.WaitAsync(limit);
            await Task.Delay(longer);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(calling);
        }

        return [.. _answers];
    }

    private async Task CallAsync(HttpClient client, int caller, CancellationToken stop)
    {
        var authorization = new AuthenticationHeaderValue("Bearer", tokens[caller]);
        var asked = new List<Task>();
        for (var due = Period * Random.Shared.NextDouble(); !stop.IsCancellationRequested; due += Period)
        {
            if (due - Stopwatch.GetElapsedTime(_started) is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (!stop.IsCancellationRequested)
            {
                asked.Add(AskAsync(client, caller, authorization, due, stop));
            }
        }

        await Task.WhenAll(asked);
    }

    private async Task AskAsync(
        HttpClient client, int caller, AuthenticationHeaderValue authorization, TimeSpan due, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, BenchmarkedApplication.Path);
        request.Headers.Authorization = authorization;
        try
        {
            using var response = await client.SendAsync(request, stop);
            Note(new Answer(caller, due, Stopwatch.GetElapsedTime(_started), response.StatusCode));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // All is measured.
        }
    }

    private void Note(Answer answer)
    {
        _answers.Enqueue(answer);
        if (answer.IsAccepted && !_isProven[answer.Caller])
        {
            _isProven[answer.Caller] = true;
            if (Interlocked.Increment(ref _proven) == tokens.Count)
            {
                _allProven.TrySetResult();
            }
        }
    }
}
