using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>What endpoints answer where only what is said of them matters.</summary>
internal static class Answers
{
    public static Ok Nothing() => TypedResults.Ok();
}
