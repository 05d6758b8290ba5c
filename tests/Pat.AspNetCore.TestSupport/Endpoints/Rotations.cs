using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.TestSupport;

/// <summary>An application whose owners rotate tokens, and what the secrets are good for.</summary>
internal static class Rotations
{
    /// <summary>The management API, and <c>/tasks</c> for the tokens.</summary>
    public static Task<TestApp> StartAsync() => Management.StartAsync(map: app =>
    {
        app.MapPersonalAccessTokens();
        app.MapGet("/tasks", () => "tasks").RequireScope("read");
    });

    /// <summary>What a token gets for an answer.</summary>
    public static async Task<HttpStatusCode> StatusAsync(TestApp app, string token)
    {
        using var response = await app.GetAsync("/tasks", token);
        return response.StatusCode;
    }

    /// <summary>The token as its owner is shown it.</summary>
    public static async Task<JsonObject> ShownAsync(TestApp app, string cookie, string id)
    {
        using var response = await app.GetAsync($"{Management.Path}/{id}", cookie: cookie);
        return await response.ObjectAsync();
    }
}
