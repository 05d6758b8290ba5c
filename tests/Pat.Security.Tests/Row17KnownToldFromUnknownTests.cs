using System.Net;
using static Pat.AspNetCore.TestSupport.RefusedTokens;

namespace Pat.Security.Tests;

/// <summary>
/// Row 17. Timing or wording told known from unknown (fastapi-api-key CVE-2026-23996). Every reason to refuse gets the same answer, to the
/// byte, unless the application wants reasons told; there are no sleeps to even out times.
/// </summary>
public sealed class Row17KnownToldFromUnknownTests
{
    [Theory]
    [MemberData(nameof(RefusedTokens.Reasons), MemberType = typeof(RefusedTokens))]
    public async Task Row_17_every_reason_gets_the_same_answer(string reason)
    {
        var owners = TestOwners.AliceAndBob();
        await using var app = await StartAsync(owners);
        var token = await RefusedTokenAsync(app, owners, reason);

        using var response = await app.GetAsync(UsualEndpoints.Read, token);
        using var reference = await app.GetAsync(UsualEndpoints.Read, TokenValues.OfUnknownId());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal([Answers.Refused], response.Challenges());
        Assert.Equal(await DescribeAsync(reference), await DescribeAsync(response));
    }

    /// <summary>All that a caller sees, save what differs between any two requests.</summary>
    private static async Task<string> DescribeAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {header.Value}");
        var body = await response.Content.ReadAsStringAsync();
        var trace = body.IndexOf("\"traceId\"", StringComparison.Ordinal);
        return string.Join('\n', [.. headers, trace < 0 ? body : body[..trace]]);
    }
}
