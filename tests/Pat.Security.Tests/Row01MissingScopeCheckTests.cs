namespace Pat.Security.Tests;

/// <summary>
/// Row 1. A scope check was missing on some routes (Gitea CVE-2025-68941, CVE-2026-24791, CVE-2026-70396; GitLab CVE-2024-11669). An
/// endpoint that states no scope is closed to tokens, and the policy that a route names asks for its scope, so that a forgotten check shuts
/// tokens out and lets none in.
/// </summary>
public sealed class Row01MissingScopeCheckTests
{
    [Fact]
    public async Task Row_1_A_token_without_any_scope_gets_nothing_but_itself()
    {
        await using var app = await EveryEndpoint.StartAsync();
        var answered = new SortedSet<string>(StringComparer.Ordinal);
        var called = 0;

        foreach (var (method, path) in EveryEndpoint.Requests(app))
        {
            using var response = await EveryEndpoint.SendAsync(app, method, path, await app.CreateTokenHoldingAsync());
            called++;
            if (response.IsSuccessStatusCode)
            {
                answered.Add($"{method} {path}");
            }
        }

        Assert.True(called > 40, $"Only {called} endpoints were found.");
        Assert.Equal(
            [
                "DELETE /api/auth/access_tokens/self", "DELETE /elsewhere/tokens/self", "GET /any-token",
                "GET /api/auth/access_tokens/self", "GET /elsewhere/tokens/self",
            ],
            answered);
    }
}
