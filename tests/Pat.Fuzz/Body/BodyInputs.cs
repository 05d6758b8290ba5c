using System.Text;

namespace Pat.Fuzz;

/// <summary>Bodies that create a token, or nearly. A text stands for bytes: each character for the one of its number.</summary>
internal static class BodyInputs
{
    private static readonly string[] Names =
    [
        "\"laptop\"", "\"  ci \"", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u202eb\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\u00fc\u4e2d\ud83d\ude00\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\x\"", "null", "7", "[]", "{}", "true", "\"a", "\"\u200b\"",
        $"\"{new string('n', 100)}\"", $"\"{new string('n', 101)}\"",
    ];

    private static readonly string[] Scopes =
    [
        "[\"read\"]", "[\"write\"]", "[\"read\",\"write\"]", "[\"read\",\"read\"]", "[]", "[\"admin\"]", "[\"Read\"]", "[null]", "[1]", "[\"\\ud800\"]", "\"read\"", "null", "{\"read\":true}",
    ];

    private static readonly string[] Times =
    [
        "\"2026-06-01T00:00:00Z\"", "\"2026-03-31T12:00+02:00\"", "\"2026-06-01T00:00:00.1234567-05:30\"", "\"2026-02-29T00:00:00Z\"", "\"2028-02-29T00:00:00Z\"",
        "\"2026-06-01T24:00:00Z\"", "\"2026-06-01T00:00:60Z\"", "\"2026-06-01T00:00:00+14:00\"", "\"2026-06-01T00:00:00+14:01\"", "\"2026-06-01T00:00:00+05:60\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"9999-12-31T23:59:59-00:01\"", "\"0000-01-01T00:00:00Z\"", "\"2026-13-01T00:00:00Z\"",
        "\"2026-06-01\"", "\"2026-06-01T00:00:00\"", "\"2026-06-01t00:00:00z\"", "\"\u0662\u0660\u0662\u0666-06-01T00:00:00Z\"", "\"2020-01-01T00:00:00Z\"", "null", "1",
    ];

    private static readonly string[] Days = ["30", "1", "0", "36500", "36501", "-1", "-0", "1.0", "1e2", "365", "366", "2147483648", "99999999999999999999", "\"30\"", "null"];

    private static readonly string[] Others = ["{}", "[[[[]]]]", "\"\\u0061\"", "0", "-", "01", "nul", "1E+5", "[1,]", "\"\u0007\""];

    private static readonly string[] OtherNames = ["owner", "Name", "expires", "\\u006eame", "\\ud800", "token", "", "id", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"];

    public static string Draw(Random random)
    {
        List<string> members = [];
        Add("name", Names, 12);
        Add("scopes", Scopes, 12);
        Add(random.Next(2) == 0 ? "expiresAt" : "expiresInDays", random.Next(2) == 0 ? Times : Days, 4);
        if (members.Count > 2 && random.Next(2) == 0)
        {
            members[2] = random.Next(2) == 0 ? Member("expiresAt", Times[random.Next(3)]) : Member("expiresInDays", Days[random.Next(2)]);
        }

        for (var more = random.Next(5) == 0 ? random.Next(1, 14) : 0; more > 0; more--)
        {
            members.Insert(random.Next(members.Count + 1), Member(Pick(random, OtherNames), Pick(random, Others)));
        }

        if (random.Next(12) == 0)
        {
            Add(Pick(random, ["name", "scopes", "expiresAt", "expiresInDays"]), Pick(random, [Names, Scopes, Times, Days]), 100);
        }

        return AsBytes(Spoil(random, $"{{{string.Join(",", members)}}}"));

        void Add(string name, string[] values, int often)
        {
            if (random.Next(often) != 0)
            {
                members.Add(Member(name, random.Next(3) == 0 ? Pick(random, values) : values[0]));
            }
        }
    }

    /// <summary>The bytes that a text stands for.</summary>
    public static byte[] Bytes(string input)
    {
        var bytes = new byte[input.Length];
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] = (byte)input[at];
        }

        return bytes;
    }

    /// <summary>The text that stands for another's UTF-8.</summary>
    public static string AsBytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Spoil(Random random, string json) => random.Next(40) switch
    {
        0 => json[..random.Next(json.Length)],
        1 => json + " " + json,
        2 => "\ufeff" + json,
        3 => json.Replace("\"name\":", $"\"name\":{new string('[', random.Next(70))}", StringComparison.Ordinal),
        4 => json.PadRight(random.Next(16_380, 16_390)),
        5 => $"{{\"a\":{new string('[', random.Next(60, 66))}",
        6 => $"{{\"name\":{Nested(random.Next(60, 66))}}}",
        _ => json,
    };

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static string Member(string name, string value) => $"\"{name}\":{value}";

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
