using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Pat.History;

/// <summary>Presents tokens to nodes, and notes what became of it.</summary>
public sealed class Presenter(RunHistory history) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = Owner.Patience };

    /// <summary>Presents the tokens of a pool to a node, so many a second, one after the other.</summary>
    public async Task PresentAllAsync(ClusterNode node, TokenPool pool, double perSecond, Random random, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(random);
        var pace = TimeSpan.FromSeconds(1 / perSecond);
        var next = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            if (pool.PickAny(random) is { } token)
            {
                var newest = token.Secrets.Count - 1;
                await PresentAsync(node, token, newest > 0 && random.Next(10) == 0 ? newest - 1 : newest);
            }

            // What a slow answer takes is not made up for.
            next = Math.Max(next + (long)(pace.TotalSeconds * Stopwatch.Frequency), Stopwatch.GetTimestamp() - Stopwatch.Frequency);
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public async Task PresentAsync(ClusterNode node, TokenInUse token, int secret)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(token);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node.Address, "/api/tasks"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Secrets[secret]);
        request.Headers.Add("X-Pat-History", "1");
        var (start, status, version) = (history.Now, 0, 0L);
        try
        {
            using var response = await _http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            status = (int)response.StatusCode;
            version = status == 200 ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            // There was no answer, which says nothing.
        }

        history.Operations.Enqueue(new Operation(OperationKind.Present, node.Number, start, history.Now, token.Id, status)
        {
            Secret = secret,
            Version = version,
            EndsAt = token.ExpiresAt,
            Owner = token.Owner.Email,
        });
    }

    public void Dispose() => _http.Dispose();
}
