using System.Globalization;
using System.Net.Http.Json;
using Xunit;

namespace Pat.AspNetCore.TestSupport;

/// <summary>Reads answers as they came over the wire.</summary>
internal static class ResponseReading
{
    /// <summary>The lines of <c>WWW-Authenticate</c>, exactly.</summary>
    public static string[] Challenges(this HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var lines) ? [.. lines] : [];

    /// <summary>The one value of <c>Retry-After</c>.</summary>
    public static int RetrySeconds(this HttpResponseMessage response) =>
        int.Parse(Assert.Single(response.Headers.NonValidated["Retry-After"]), CultureInfo.InvariantCulture);

    /// <summary>The claims that <see cref="UsualEndpoints.Read"/> answers.</summary>
    public static async Task<string[]> ClaimsAsync(this HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<string[]>() ?? [];
    }
}
