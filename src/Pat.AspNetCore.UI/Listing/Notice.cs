namespace Pat.AspNetCore.UI;

/// <summary>
/// What was done last, for the list to say. It stands in the address, so it is only a question: the list says it if the
/// tokens themselves bear it out.
/// </summary>
internal static class Notice
{
    public const string SavedParameter = "saved";
    public const string RevokedParameter = "revoked";
    public const string AllRevokedParameter = "all-revoked";

    public static string Saved(PagePaths paths, Guid id) => $"{paths.List}?{SavedParameter}={PersonalAccessTokenFormat.FormatId(id)}";

    public static string Revoked(PagePaths paths, Guid id) => $"{paths.List}?{RevokedParameter}={PersonalAccessTokenFormat.FormatId(id)}";

    public static string AllRevoked(PagePaths paths) => $"{paths.List}?{AllRevokedParameter}=1";
}
