using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>The query of a list of tokens, with everything that is wrong in it.</summary>
internal sealed class ListParameters(IQueryCollection query)
{
    private const int MaxSearchLength = 100;

    private static readonly string[] Known = ["search", "status", "sort", "page", "pageSize"];

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

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        AddError(name, $"Give a whole number from {least} to {most}.");
        return otherwise;
    }

    /// <summary>What is wrong, parameters that do not exist included; null where nothing is.</summary>
    public IReadOnlyDictionary<string, string[]>? FindErrors()
    {
        foreach (var name in query.Keys.Except(Known, StringComparer.OrdinalIgnoreCase).Take(10))
        {
            AddError(name, $"There is no such parameter. The parameters are {string.Join(", ", Known)}.");
        }

        return _errors.Count == 0 ? null : _errors;
    }

    private void AddError(string name, string message) => _errors.TryAdd(name, [message]);

    private string? Read(string name)
    {
        var values = query[name];
        if (values.Count > 1)
        {
            AddError(name, "Give it once.");
        }

        return values.Count == 0 || string.IsNullOrEmpty(values[0]) ? null : values[0];
    }
}
