using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Pat.AspNetCore.TestSupport;

/// <summary>What tests of authorization ask of answers.</summary>
internal static class Answers
{
    /// <summary>The one answer to tokens of an endpoint that is closed to them.</summary>
    public const string Closed =
        "Bearer error=\"insufficient_scope\", error_description=\"This endpoint does not accept personal access tokens.\"";

    /// <summary>The one answer to a token that is none, or no longer one.</summary>
    public const string Refused =
        "Bearer error=\"invalid_token\", error_description=\"The access token is malformed, unknown, expired or revoked.\"";

    public static async Task<HttpStatusCode> StatusAsync(this Task<HttpResponseMessage> request)
    {
        using var response = await request;
        return response.StatusCode;
    }

    public static async Task<string> TextAsync(this Task<HttpResponseMessage> request)
    {
        using var response = await request;
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>An endpoint that says whom it sees.</summary>
    public static string Who(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "nobody";

    /// <summary>That <paramref name="response"/> is the challenge <paramref name="challenge"/>, alone, with its status, and no redirect.</summary>
    public static void AssertChallenge(this HttpResponseMessage response, HttpStatusCode status, string challenge)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal([challenge], response.Challenges());
        Assert.Null(response.Headers.Location);
    }
}
