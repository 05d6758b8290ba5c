namespace Pat.AspNetCore.TestSupport;

/// <summary>What a session does with tokens over HTTP, each request complete, and whether it can give somebody more than before.</summary>
internal static class SessionRoutes
{
    public const string UnknownId = "0000000000000000000001";

    public static (HttpMethod Method, string Path, string? Body, bool CanWiden)[] All(string id = UnknownId) =>
    [
        (HttpMethod.Get, Management.Path, null, false),
        (HttpMethod.Post, Management.Path, Management.Good, true),
        (HttpMethod.Get, $"{Management.Path}/{id}", null, false),
        (HttpMethod.Patch, $"{Management.Path}/{id}", """{ "name": "renamed" }""", true),
        (HttpMethod.Post, $"{Management.Path}/{id}/rotate", "{}", true),
        (HttpMethod.Delete, $"{Management.Path}/{id}", null, false),
        (HttpMethod.Delete, Management.Path, null, false),
    ];

    public static Task<HttpResponseMessage> SendAsync(
        this TestApp app, (HttpMethod Method, string Path, string? Body, bool CanWiden) route, string? cookie, params (string, string)[] headers) =>
        app.SendAsync(route.Method, route.Path, cookie, route.Body is null ? null : Management.Json(route.Body), headers);

    /// <summary>What changes something, and with what.</summary>
    public static IEnumerable<(HttpMethod Method, string Path, string? Body, bool CanWiden)> Unsafe(string id = UnknownId) =>
        All(id).Where(route => route.Method != HttpMethod.Get);
}
