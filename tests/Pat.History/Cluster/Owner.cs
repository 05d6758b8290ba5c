using System.Net;
using Pat.TestSupport;

namespace Pat.History;

/// <summary>Somebody who is signed in, on all nodes: they share the keys of their cookies, and their host.</summary>
public sealed class Owner : IDisposable
{
    /// <summary>How long an answer may take before the client gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };

    public Owner(string email) => (Email, Http) = (email, new HttpClient(_handler) { Timeout = Patience });

    public string Email { get; }

    public HttpClient Http { get; }

    public async Task RegisterAsync(ClusterNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        using var http = new HttpClient(_handler, disposeHandler: false) { BaseAddress = node.Address };
        var caller = new Caller(http, Email);
        await caller.RegisterAsync();
        await caller.SignInAsync();
    }

    public void Dispose() => Http.Dispose();
}
