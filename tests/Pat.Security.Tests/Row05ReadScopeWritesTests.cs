using System.Net;
using Microsoft.AspNetCore.Authentication;

namespace Pat.Security.Tests;

/// <summary>
/// Row 5. A read scope ran a write (GitLab #583961). Scopes by method ask for write wherever the method is neither GET, HEAD nor OPTIONS,
/// of the request's own method.
/// </summary>
public sealed class Row05ReadScopeWritesTests
{
    [Fact]
    public async Task Row_5_A_read_token_is_refused_on_every_write_endpoint()
    {
        await using var app = await EveryEndpoint.StartAsync();
        var cookie = await app.SignInAsync();
        var token = await app.CreateTokenAsync("read");
        var called = 0;

        foreach (var (method, path) in EveryEndpoint.Requests(app)
            .Where(request => request.Method is not ("GET" or "OPTIONS") && !request.Path.Contains("/self", StringComparison.Ordinal)))
        {
            foreach (var beside in new[] { null, cookie })
            {
                using var response = await EveryEndpoint.SendAsync(app, method, path, token, beside);
                called++;
                Assert.True(HttpStatusCode.Forbidden == response.StatusCode, $"{method} {path} is {response.StatusCode}.");
            }
        }

        Assert.True(called > 30, $"Only {called} endpoints were found.");
    }
}
