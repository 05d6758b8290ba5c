using Microsoft.Extensions.Localization;

namespace Pat.AspNetCore.UI;

/// <summary>
/// The texts of the settings page: register an <see cref="IStringLocalizer{T}"/> of this type, as a singleton, to replace or
/// translate any of them. A text's key is the text in English, with <c>{0}</c> where something is put in; German is there.
/// </summary>
public sealed class PersonalAccessTokenTexts
{
    private PersonalAccessTokenTexts()
    {
    }
}
