using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Pat.TestSupport;

/// <summary>What a script with a token and no cookies sends.</summary>
public static class ScriptExtensions
{
    public static Task<HttpResponseMessage> ListTasksAsync(this HttpClient script, string token) =>
        script.SendAsync(Request(HttpMethod.Get, "/api/tasks", token));

    public static Task<HttpResponseMessage> CreateTaskAsync(this HttpClient script, string token, string name)
    {
        var request = Request(HttpMethod.Post, "/api/tasks", token);
        request.Content = JsonContent.Create(new { name });
        return script.SendAsync(request);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string token) =>
        new(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
}
