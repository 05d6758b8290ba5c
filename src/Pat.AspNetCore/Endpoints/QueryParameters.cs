using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>
/// The query of a request, with everything that is wrong in it. Parameters that nobody asked for are errors: a misspelt
/// restriction must not be taken for none.
/// </summary>
internal sealed class QueryParameters(IQueryCollection query)
{
    public const int MaxSearchLength = 100;
    public const int MaxPage = 1_000_000;
    public const int DefaultPageSize = 10;

    private const int MaxUnknownParameters = 10;

    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public string? Search()
    {
        var search = Read("search");
        if (search?.Length > MaxSearchLength)
        {
            AddError("search", $"Search for at most {MaxSearchLength} characters.");
        }

        return search;
    }

    public PersonalAccessTokenStatus? Status()
    {
        if (Read("status") is not { } text)
        {
            return null;
        }

        foreach (var status in Enum.GetValues<PersonalAccessTokenStatus>())
        {
            if (ManagedToken.Text(status) == text)
            {
                return status;
            }
        }

        AddError("status", "Give active, expired, inactive or revoked.");
        return null;
    }

    /// <summary>Without one: the newest first.</summary>
    public PersonalAccessTokenSort Sort(out bool descending)
    {
        var text = Read("sort") ?? "-createdAt";
        descending = text.StartsWith('-');
        switch (descending ? text[1..] : text)
        {
            case "name":
                return PersonalAccessTokenSort.Name;
            case "createdAt":
                return PersonalAccessTokenSort.CreatedAt;
            case "expiresAt":
                return PersonalAccessTokenSort.ExpiresAt;
            case "lastUsedAt":
                return PersonalAccessTokenSort.LastUsedAt;
            default:
                AddError("sort", "Give name, createdAt, expiresAt or lastUsedAt, with a - before it for the greatest first.");
                return PersonalAccessTokenSort.CreatedAt;
        }
    }

    public int Number(string name, int least, int most, int otherwise)
    {
        if (Read(name) is not { } text)
        {
            return otherwise;
        }

        // NULs after a number are no fault to int.TryParse.
        if (!text.Contains('\0')
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        AddError(name, $"Give a whole number from {least} to {most}.");
        return otherwise;
    }

    /// <summary>A token's id, or null where the parameter is absent. There, it can't be empty.</summary>
    public Guid? Id(string name)
    {
        var text = Read(name);
        if (PersonalAccessTokenFormat.TryParseId(text, out var id))
        {
            return id;
        }

        if (query.ContainsKey(name))
        {
            AddError(name, "Give the id of one of your tokens.");
        }

        return null;
    }

    /// <summary>Says that something is wrong with a parameter.</summary>
    public void AddError(string name, string message) => _errors.TryAdd(name, [message]);

    /// <summary>What is wrong with the parameters asked for, and those that nobody asked for; null where nothing is.</summary>
    public IReadOnlyDictionary<string, string[]>? FindErrors()
    {
        foreach (var name in query.Keys.Except(_asked, StringComparer.OrdinalIgnoreCase).Take(MaxUnknownParameters))
        {
            AddError(name, $"There is no such parameter. The parameters are {string.Join(", ", _asked)}.");
        }

        return _errors.Count == 0 ? null : _errors;
    }

    private string? Read(string name)
    {
        _asked.Add(name);
        var values = query[name];
        if (values.Count > 1)
        {
            AddError(name, "Give it once.");
        }

        return values.Count == 0 || string.IsNullOrEmpty(values[0]) ? null : values[0];
    }
}
