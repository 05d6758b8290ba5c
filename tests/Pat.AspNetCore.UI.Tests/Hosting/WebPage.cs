using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>An answer, read as a browser reads it.</summary>
internal sealed record WebPage(
    HttpStatusCode Status, IReadOnlyDictionary<string, string[]> Headers, string Html, IHtmlDocument Document)
{
    /// <summary>The part of the document that is ours.</summary>
    public IElement Body => Document.QuerySelector(".pat") ?? throw new InvalidOperationException($"{Status}: no page of ours in '{Html}'.");

    public string Title => Squeeze(Body.QuerySelector("h1")!.TextContent);

    /// <summary>All that can be read on our part of it.</summary>
    public string Text => Read(Body);

    /// <summary>What is wrong with the whole, or what the page has to say at once.</summary>
    public string Alert => Squeeze(Body.QuerySelector(".pat-alert")?.TextContent ?? "");

    public string Notice => Squeeze(Body.QuerySelector(".pat-notice")?.TextContent ?? "");

    /// <summary>The one form of ours that changes something.</summary>
    public IHtmlFormElement PostForm => Assert.IsAssignableFrom<IHtmlFormElement>(Assert.Single(Body.QuerySelectorAll("form[method=post]")));

    /// <summary>The value that is shown once, or null.</summary>
    public string? Value => Body.QuerySelector("#pat-token")?.TextContent;

    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? string.Join(", ", values) : null;

    /// <summary>A field's error, found as a screen reader finds it: by what the field refers to.</summary>
    public string ErrorOf(string selector) => string.Join(' ', (Body.QuerySelector(selector)!.GetAttribute("aria-describedby") ?? "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(id => Document.GetElementById(id) ?? throw new InvalidOperationException($"Nothing has the id {id}."))
        .Where(element => element.ClassList.Contains("pat-error"))
        .Select(element => Squeeze(element.TextContent)));

    /// <summary>The cells of a table row, by their column.</summary>
    public IReadOnlyDictionary<string, string> Row(Guid id)
    {
        var row = Body.QuerySelector($"tr[data-pat-token='{PersonalAccessTokenFormat.FormatId(id)}']")!;
        var columns = Body.QuerySelectorAll("thead th").Select(column => Squeeze(column.TextContent).TrimEnd('↑', '↓', ' '));
        return columns.Zip(row.Children, (column, cell) => KeyValuePair.Create(column, Squeeze(cell.TextContent))).ToDictionary();
    }

    /// <summary>The names in the table, in order.</summary>
    public string[] Names => [.. Body.QuerySelectorAll("tbody .pat-name").Select(name => name.TextContent)];

    /// <summary>The address that a link with this text leads to.</summary>
    public string Link(string text) => Body.QuerySelectorAll("a")
        .First(link => Squeeze(link.TextContent).StartsWith(text, StringComparison.Ordinal)).GetAttribute("href")!;

    /// <summary>What can be read of an element, with a space wherever another element begins.</summary>
    public static string Read(IElement element) =>
        Squeeze(string.Join(' ', element.Descendants<IText>().Select(text => text.Data)));

    public static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
