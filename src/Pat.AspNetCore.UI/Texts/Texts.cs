using Microsoft.Extensions.Localization;

namespace Pat.AspNetCore.UI;

/// <summary>The page's texts in the language of the request.</summary>
internal sealed class Texts(IStringLocalizer<PersonalAccessTokenTexts> localizer)
{
    public string this[string text] => localizer[text];

    public string this[string text, params object[] parts] => localizer[text, parts];

    /// <summary>A message of the manager's, with its times as the page says them.</summary>
    public string Of(FormattableString message, Times times) => localizer[
        message.Format,
        [.. message.GetArguments().Select(part => part is DateTimeOffset time ? $"{times.Text(time)} ({times.Zone})" : part!)]];
}
