using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.UI;

/// <summary>What a link fills in, and what the form has to say of it.</summary>
internal sealed class LinkedFields(PersonalAccessTokenScopes scopes, Texts texts)
{
    private const int MaxUnknownScopes = 5;

    /// <summary>The scopes that an address asks for: in one parameter or several, with commas or blanks between them.</summary>
    public static string[] ScopesOf(IQueryCollection query) =>
        [.. query["scopes"].SelectMany(static value => (value ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>That a link did it, and what it asks for that can't be had; null where no link did.</summary>
    /// <param name="request">The request for the form.</param>
    /// <param name="warning">What to say first.</param>
    /// <param name="asked">The scopes that it asks for.</param>
    /// <param name="expiry">What the form offers, with the link's choice made.</param>
    public string? NoticeOf(PageRequest request, string warning, string[] asked, ExpiryChoices expiry)
    {
        if (!request.IsFilledByLink)
        {
            return null;
        }

        var sentences = new List<string> { warning };

        // Whoever made the link says nothing in the page's voice: what no scope could be called is not repeated.
        var unknown = asked.Where(name => !scopes.Contains(name) && PersonalAccessTokenScope.IsName(name)).Distinct().Take(MaxUnknownScopes).ToArray();
        if (unknown.Length > 0)
        {
            sentences.Add(texts["It asks for scopes that don't exist here: {0}.", string.Join(", ", unknown)]);
        }

        if (expiry.IsRefused)
        {
            sentences.Add(texts["It asks for an expiry that is not possible here: check the one that is marked."]);
        }

        return string.Join(' ', sentences);
    }
}
