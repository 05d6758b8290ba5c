using System.Diagnostics.CodeAnalysis;

namespace Pat.AspNetCore.UI;

/// <summary>Where the pages are, as the browser has to ask for them.</summary>
/// <param name="root">The path of the list, without a slash at its end.</param>
[SuppressMessage("Design", "CA1054", Justification = "Paths within the application.")]
internal sealed class PagePaths(string root)
{
    public string List => root.Length == 0 ? "/" : root;

    public string New => $"{root}/new";

    public string RevokeAll => $"{root}/revoke-all";

    public string StyleSheet => $"{root}/{Asset.StyleSheet.FileName}";

    public string Script => $"{root}/{Asset.Script.FileName}";

    public string Edit(Guid id) => Of(id, "edit");

    public string Rotate(Guid id) => Of(id, "rotate");

    public string Revoke(Guid id) => Of(id, "revoke");

    private string Of(Guid id, string action) => $"{root}/{PersonalAccessTokenFormat.FormatId(id)}/{action}";
}
