using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>
/// The JSON object of a request, read member by member, so that everything that is wrong with it can be told at once and
/// by its name. Members that nobody asked for are errors: a misspelt restriction must not be taken for none.
/// </summary>
internal sealed partial class RequestBody
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxUnknownMembers = 10;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private RequestBody(JsonElement root)
    {
        foreach (var member in root.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                _errors[member.Name] = ["The member is there more than once."];
            }
        }
    }

    /// <summary>Reads the body, or says with which status and words to refuse it.</summary>
    public static async Task<(RequestBody? Body, IResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, "Send JSON, with the header Content-Type: application/json.");
        }

        if (request.ContentLength > MaxBytes)
        {
            return TooLarge();
        }

        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxBytes)
        {
            return TooLarge();
        }

        try
        {
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (new RequestBody(document.RootElement.Clone()), null)
                : Refuse(StatusCodes.Status400BadRequest, "Send a JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Besides what is no JSON: bytes that are no UTF-8, and members whose names are no text.
            return Refuse(StatusCodes.Status400BadRequest, "The body is empty, or no well-formed JSON in UTF-8. Send a JSON object, {} at least: what it lacks is then told by name.");
        }

        static (RequestBody?, IResult?) TooLarge() =>
            Refuse(StatusCodes.Status413PayloadTooLarge, $"Send at most {MaxBytes} bytes.");

        static (RequestBody?, IResult?) Refuse(int status, string detail) =>
            (null, TypedResults.Problem(detail, statusCode: status));
    }

    /// <summary>Whether a member is there, and not null.</summary>
    public bool Has(string name) => _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether a member is there, and null.</summary>
    public bool IsNull(string name) => _members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>A member of text, or null where it is absent or null.</summary>
    public string? Text(string name) => Read(name, "a string of whole characters", TextOf);

    /// <summary>A member of several texts, or null where it is absent or null.</summary>
    public IReadOnlyCollection<string>? Texts(string name) => Read(name, "an array of strings", static value =>
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var texts = value.EnumerateArray().Select(TextOf).OfType<string>().ToArray();
        return texts.Length == value.GetArrayLength() ? texts : null;
    });

    /// <summary>A member that is a whole number within bounds, or null where it is absent or null.</summary>
    public int? Number(string name, int least, int most) => Read(name, $"a whole number from {least} to {most}", value =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : (int?)null);

    /// <summary>A member that is a time with its offset, or null where it is absent or null.</summary>
    public DateTimeOffset? Time(string name) => Read(
        name,
        "a time with its offset, as 2027-01-31T12:00:00Z",
        static value => TextOf(value) is { } text
            && OffsetAtEnd().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : (DateTimeOffset?)null);

    /// <summary>How long a former secret is to work on: none where the member is absent or null.</summary>
    public TimeSpan Overlap(TimeSpan longest) =>
        TimeSpan.FromSeconds(Number("overlapSeconds", 0, (int)longest.TotalSeconds) ?? 0);

    /// <summary>Says what is wrong with a member, unless that is known.</summary>
    public void AddErrors(string name, string[] messages) => _errors.TryAdd(name, messages);

    /// <summary>What is wrong with the members asked for, and those that nobody asked for; null where nothing is.</summary>
    public IReadOnlyDictionary<string, string[]>? FindErrors()
    {
        foreach (var name in _members.Keys.Except(_asked).Take(MaxUnknownMembers))
        {
            AddErrors(name, [$"There is no such member. The members are {string.Join(", ", _asked)}."]);
        }

        return _errors.Count == 0 ? null : _errors;
    }

    /// <summary>Null where it is no string, or one with half a surrogate pair, which JSON can write and no text can hold.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private T? Read<T>(string name, string kind, Func<JsonElement, T?> read)
    {
        _asked.Add(name);
        if (!_members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return default;
        }

        var result = read(value);
        if (result is null)
        {
            AddErrors(name, [$"Give {kind}."]);
        }

        return result;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex OffsetAtEnd();
}
