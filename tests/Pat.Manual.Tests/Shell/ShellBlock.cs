namespace Pat.Manual.Tests;

/// <summary>What is known of a block of shell commands: which test runs it, or why none does.</summary>
/// <param name="Page">The page that it stands in.</param>
/// <param name="Start">What it begins with, enough to know it from the page's others.</param>
/// <param name="Test">The test that runs it, as <c>file: method</c>.</param>
/// <param name="Reason">Why no test runs it.</param>
internal sealed record ShellBlock(string Page, string Start, string? Test, string? Reason)
{
    public static ShellBlock Run(string page, string start, string test) => new(page, start, test, null);

    public static ShellBlock NotRun(string page, string start, string reason) => new(page, start, null, reason);

    /// <summary>How the source of a test names it.</summary>
    public string InSource => $"\"{Page}\", \"{Start.Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    public bool Is(Block block) =>
        block.Page == Page && $"{block.Text}\n".StartsWith(Start, StringComparison.Ordinal);
}
