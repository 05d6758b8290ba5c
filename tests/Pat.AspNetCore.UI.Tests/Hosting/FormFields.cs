using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>What a browser sends of a form.</summary>
internal static class FormFields
{
    /// <param name="form">The form.</param>
    /// <param name="typed">What stands in a field in place of what the page put there; all values of a name are replaced, null takes them away.</param>
    public static List<KeyValuePair<string, string>> Of(IHtmlFormElement form, params (string Name, string? Value)[] typed)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in form.QuerySelectorAll("input[name], select[name], textarea[name]"))
        {
            if (ValueOf(element) is { } value)
            {
                fields.Add(KeyValuePair.Create(element.GetAttribute("name")!, value));
            }
        }

        fields.RemoveAll(field => typed.Any(other => other.Name == field.Key));
        fields.AddRange(typed.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));
        return fields;
    }

    private static string? ValueOf(IElement element) => element switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => null,
        IHtmlInputElement input => input.GetAttribute("value") ?? "",
        IHtmlSelectElement select => select.Value,
        _ => element.TextContent,
    };
}
