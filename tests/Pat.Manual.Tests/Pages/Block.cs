namespace Pat.Manual.Tests;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page's path in the repository.</param>
/// <param name="Line">The line of its fence, from 1.</param>
/// <param name="Language">What stands behind the fence, such as <c>csharp</c>; empty where nothing does.</param>
/// <param name="Surroundings">What it says to be compiled in, by a comment right before it; null where it says nothing.</param>
/// <param name="Text">Its lines, less the fence's indentation.</param>
internal sealed record Block(string Page, int Line, string Language, string? Surroundings, string Text)
{
    /// <summary>Where it is, as an editor takes it.</summary>
    public string Place => $"{Page}:{Line}";
}
