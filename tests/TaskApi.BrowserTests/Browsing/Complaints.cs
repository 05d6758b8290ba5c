using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>What a browser complains about while somebody uses the application, and what it asks of other hosts.</summary>
internal sealed class Complaints
{
    private readonly ConcurrentQueue<string> _all = new();

    public Complaints(IBrowserContext context, Uri application)
    {
        context.Console += (_, message) => Note(message);
        context.WebError += (_, error) => _all.Enqueue($"Exception: {error.Error}");
        context.Request += (_, request) => Note(request, application);
    }

    public IReadOnlyCollection<string> All => _all;

    private void Note(IConsoleMessage message)
    {
        // The status of a page itself, which a test expects or not, is told in the console too.
        var isStatus = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
            && message.Location.StartsWith(message.Page?.Url.Split('#')[0] ?? "none", StringComparison.Ordinal);
        if (message.Type is "error" or "warning" && !isStatus)
        {
            _all.Enqueue($"Console: {message.Text} ({message.Location})");
        }
    }

    private void Note(IRequest request, Uri application)
    {
        var address = new Uri(request.Url);
        if (address.Scheme is "http" or "https" && address.Host != application.Host)
        {
            _all.Enqueue($"Another host: {request.Url}");
        }
    }
}
