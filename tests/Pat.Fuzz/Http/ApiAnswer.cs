using System.Text.Json.Nodes;
using static Pat.Fuzz.FuzzFailure;

namespace Pat.Fuzz;

/// <summary>What the management API answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The JSON object, or null where there is none.</param>
internal sealed record ApiAnswer(int Status, JsonObject? Body)
{
    /// <summary>What a request may make both sides together allocate.</summary>
    private const long MaxAllocated = 4 * 1024 * 1024;

    /// <summary>The fields that are wrong, in order.</summary>
    public string Errors => string.Join('\n', (Body!["errors"]?.AsObject() ?? []).Select(error => error.Key).Order(StringComparer.Ordinal));

    /// <summary>Sends a request, and sees that the answer is none of a fault of the server's, and a problem where it is a refusal.</summary>
    public static async Task<ApiAnswer> OfAsync(HttpClient client, HttpRequestMessage request, Cost cost)
    {
        cost.Start();
        var allocated = GC.GetTotalAllocatedBytes();
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        cost.Judge(GC.GetTotalAllocatedBytes() - allocated, MaxAllocated);

        var status = (int)response.StatusCode;
        Unless(status is >= 200 and < 500, $"It was answered {status}: {text}");
        var body = text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject();
        var type = response.Content.Headers.ContentType?.MediaType;
        if (status >= 400)
        {
            Unless(type == "application/problem+json", $"It was refused with {status} and {type ?? "no content"}.");
            UnlessEqual(status, body!["status"]!.GetValue<int>(), "The problem's status");
            Unless(!text.Contains("Exception", StringComparison.Ordinal), "The problem tells of an exception.");
        }

        return new ApiAnswer(status, body);
    }
}
