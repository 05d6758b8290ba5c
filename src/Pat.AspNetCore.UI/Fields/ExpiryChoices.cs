using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.UI;

/// <summary>When a token may expire: some numbers of days, a date, never where policy allows it, or as it does now.</summary>
internal sealed class ExpiryChoices
{
    private const string Keep = "keep";
    public const string OnDate = "date";
    private const string Never = "never";
    private const string Longest = "longest";

    private static readonly int[] Presets = [7, 30, 60, 90];

    private readonly Times _times;
    private readonly Texts _texts;
    private readonly bool _offersNever;

    /// <param name="times">How to say times, as of now.</param>
    /// <param name="texts">What to say.</param>
    /// <param name="options">The policy.</param>
    /// <param name="secretCreatedAt">When the secret was made that the policy's longest lifetime counts from.</param>
    /// <param name="current">The token that has an expiry which can be kept, or null for a new one.</param>
    /// <param name="canBeNever">Whether the expiry can be taken away, where policy allows tokens without one.</param>
    public ExpiryChoices(
        Times times,
        Texts texts,
        PersonalAccessTokenOptions options,
        DateTimeOffset secretCreatedAt,
        PersonalAccessToken? current = null,
        bool canBeNever = true)
    {
        (_times, _texts) = (times, texts);
        _offersNever = canBeNever && options.AllowNoExpiry;
        Latest = options.MaxLifetime is { } lifetime ? secretCreatedAt + lifetime : null;
        All = [.. Find(current)];
        Selected = current is not null ? Keep : All.FirstOrDefault(static choice => choice.Value == "30")?.Value ?? All[0].Value;
    }

    public IReadOnlyList<ExpiryChoice> All { get; }

    /// <summary>The value of the choice that is marked.</summary>
    public string Selected { get; private set; }

    /// <summary>What stands in the field for a date.</summary>
    public string Date { get; private set; } = "";

    /// <summary>The first day that a token can expire on.</summary>
    public string FirstDate => Times.Machine(_times.Today.AddDays(1));

    /// <summary>The last day that a token can expire on, or null where there is none.</summary>
    public string? LastDate => Latest is { } latest ? Times.Machine(_times.DayOf(latest)) : null;

    /// <summary>Whether a link asks for what can't be had.</summary>
    public bool IsRefused { get; private set; }

    private DateTimeOffset? Latest { get; }

    /// <summary>Marks what a form says.</summary>
    public ExpiryChoices Select(IFormCollection form)
    {
        Selected = form["expires"].ToString();
        Date = form["date"].ToString();
        return this;
    }

    /// <summary>Marks what a link asks for: a number of days, a date, or <c>never</c>. What can't be had marks nothing else.</summary>
    public ExpiryChoices Select(string? expires, string? date)
    {
        if (IsOffered(expires))
        {
            (Selected, Date) = (expires!, date ?? "");
        }
        else if (FindDay(expires) is { } day && IsOffered(OnDate) && IsPossible(day))
        {
            (Selected, Date) = (OnDate, Times.Machine(day));
        }
        else
        {
            IsRefused = !string.IsNullOrEmpty(expires);
        }

        return this;
    }

    /// <summary>What the marked choice amounts to.</summary>
    /// <returns>Whether it stays as it is, when else the token expires, and what is wrong, in words, if something is.</returns>
    public (bool IsKept, DateTimeOffset? ExpiresAt, string? Error) Resolve()
    {
        switch (Selected)
        {
            case Keep or Never or OnDate or Longest when !IsOffered(Selected):
                return (false, null, _texts["Choose when the token expires."]);

            case Keep:
                return (true, null, null);

            case Never:
                return (false, null, null);

            case Longest:
                return (false, Latest, null);

            case OnDate:
                return TryReadDate(Date, out var day)
                    ? (false, _times.StartOf(day), null)
                    : (false, null, _texts["Give the date on which the token expires."]);

            default:
                return int.TryParse(Selected, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Presets.Contains(days)
                    ? (false, _times.Now.AddDays(days), null)
                    : (false, null, _texts["Choose when the token expires."]);
        }
    }

    private bool IsOffered(string? value) => All.Any(choice => choice.Value == value);

    private bool IsPossible(DateOnly day) => _times.StartOf(day) > _times.Now && (Latest is null || _times.StartOf(day) <= Latest);

    /// <summary>The day that a link means by a number of days or a date, or null where it says neither.</summary>
    private DateOnly? FindDay(string? expires) =>
        int.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= ManagementEndpoints.MaxDays ? _times.Today.AddDays(days)
        : TryReadDate(expires, out var day) ? day
        : null;

    private static bool TryReadDate(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is > 1 and < 9999;

    private IEnumerable<ExpiryChoice> Find(PersonalAccessToken? current)
    {
        if (current is not null)
        {
            yield return new(Keep, _texts["As it is"], current.ExpiresAt is { } present ? _times.Text(present) : _texts["Never"]);
        }

        foreach (var days in Presets)
        {
            var end = _times.Now.AddDays(days);
            if (Latest is null || end <= Latest)
            {
                yield return new($"{days}", _texts["{0} days", days], _times.Text(end));
            }
        }

        // Policy may end a token before the first of these, or before the next day begins.
        if (Latest is { } latest && latest > _times.Now && latest < _times.Now.AddDays(Presets[0]))
        {
            yield return new(Longest, _texts["As long as possible"], _times.Text(latest));
        }

        if (Latest is null || _times.StartOf(_times.Today.AddDays(1)) <= Latest)
        {
            yield return new(OnDate, _texts["On a date"], "");
        }

        if (_offersNever)
        {
            yield return new(Never, _texts["Never"], _texts["It works until it is revoked."]);
        }
    }
}
