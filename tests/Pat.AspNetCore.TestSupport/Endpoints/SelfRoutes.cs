namespace Pat.AspNetCore.TestSupport;

/// <summary>What a token does with itself over HTTP, each request complete.</summary>
internal static class SelfRoutes
{
    public const string Path = Management.Path + "/self";

    /// <summary>As <see cref="SessionRoutes.All"/> has them, so that both are sent in the same way.</summary>
    public static readonly (HttpMethod Method, string Path, string? Body, bool CanWiden)[] All =
    [
        (HttpMethod.Get, Path, null, false),
        (HttpMethod.Post, $"{Path}/rotate", "{}", false),
        (HttpMethod.Delete, Path, null, false),
    ];
}
