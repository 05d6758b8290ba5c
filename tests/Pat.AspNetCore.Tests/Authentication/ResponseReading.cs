using System.Net.Http.Json;

namespace Pat.AspNetCore.Tests;

/// <summary>Reads answers as they came over the wire.</summary>
internal static class ResponseReading
{
    /// <summary>The lines of <c>WWW-Authenticate</c>, exactly.</summary>
    public static string[] Challenges(this HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var lines) ? [.. lines] : [];

    /// <summary>The claims that <see cref="UsualEndpoints.Read"/> answers.</summary>
    public static async Task<string[]> ClaimsAsync(this HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<string[]>() ?? [];
    }
}
