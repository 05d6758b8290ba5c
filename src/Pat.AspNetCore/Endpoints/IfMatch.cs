using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Pat.AspNetCore;

/// <summary>Which versions of a token a request may change: the header <c>If-Match</c> (RFC 9110, section 13.1.1).</summary>
internal sealed class IfMatch
{
    private readonly IList<EntityTagHeaderValue> _tags;

    private IfMatch(IList<EntityTagHeaderValue> tags) => _tags = tags;

    /// <summary>The entity tag of a version. A strong one: weak ones never match in <c>If-Match</c>.</summary>
    public static string TagOf(long version) => $"\"{version}\"";

    /// <summary>Reads the header.</summary>
    /// <param name="headers">The request's.</param>
    /// <param name="condition">Null where there is none, or where any version will do.</param>
    /// <returns>False where it is malformed.</returns>
    public static bool TryRead(IHeaderDictionary headers, out IfMatch? condition)
    {
        condition = null;
        var values = headers.IfMatch;
        if (values.Count == 0)
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParseStrictList([.. values.OfType<string>()], out var tags) || tags.Count == 0)
        {
            return false;
        }

        if (tags.Contains(EntityTagHeaderValue.Any))
        {
            return tags.Count == 1;
        }

        condition = new IfMatch(tags);
        return true;
    }

    public bool Allows(long version) => _tags.Any(tag => !tag.IsWeak && tag.Tag == TagOf(version));
}
