namespace Pat.AspNetCore.OpenApi;

/// <summary>What an OpenAPI document says about personal access tokens beyond what the application's own options tell.</summary>
public sealed class PersonalAccessTokenOpenApiOptions
{
    /// <summary>
    /// Tells readers how to get a token, for the description of the security scheme: Markdown (CommonMark), whole
    /// sentences. Null or empty leaves it out. Default: that signed-in users create them.
    /// </summary>
    public string? HowToGetOne { get; set; } = "Signed-in users create their own.";
}
