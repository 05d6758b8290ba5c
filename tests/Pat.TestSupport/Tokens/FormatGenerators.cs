using System.Text.RegularExpressions;
using CsCheck;

namespace Pat.TestSupport;

/// <summary>Random parts of tokens.</summary>
internal static partial class FormatGenerators
{
    public static readonly Gen<Guid> Id = Gen.Byte.Array[16].Select(bytes => new Guid(bytes));

    public static readonly Gen<string> Prefix =
        Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789___"].Array[2, 24].Select(ToPrefix);

    public static readonly Gen<string> Token = Gen.Select(Prefix, Id, PersonalAccessTokenFormat.Create);

    public static Gen<string> Base62Text(int length) =>
        Gen.Char[Base62.Alphabet].Array[length].Select(characters => new string(characters));

    private static string ToPrefix(char[] characters)
    {
        var joined = SeveralUnderscores().Replace(new string(characters), "_").Trim('_').TrimStart([.. "0123456789_"]);
        return joined.Length >= PersonalAccessTokenFormat.MinPrefixLength ? joined : "p" + joined.PadRight(1, 't');
    }

    [GeneratedRegex("_+")]
    private static partial Regex SeveralUnderscores();
}
