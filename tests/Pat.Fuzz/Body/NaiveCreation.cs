using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Pat.Fuzz;

/// <summary>A body that creates a token, read a second time.</summary>
internal sealed partial class NaiveCreation
{
    private const int MaxBytes = 16 * 1024;

    private static readonly string[] Asked = ["name", "scopes", "expiresAt", "expiresInDays"];

    private readonly Dictionary<string, NaiveJson> _members = new(StringComparer.Ordinal);

    /// <summary>The status to refuse it with before anybody asks what is in it, or 0.</summary>
    public int Refusal { get; private init; }

    /// <summary>The members that are wrong.</summary>
    public SortedSet<string> Errors { get; } = new(StringComparer.Ordinal);

    public string? Name => Member("name")?.Text;

    public List<string>? Scopes => Member("scopes")?.Items.ConvertAll(item => item.Text!);

    /// <summary>Ticks of UTC.</summary>
    public long? ExpiresAt => Member("expiresAt") is { } value ? NaiveTime.Read(value.Text!) : null;

    public int? ExpiresInDays => Member("expiresInDays") is { } value ? int.Parse(value.Text!, CultureInfo.InvariantCulture) : null;

    public bool HasDays => Given("expiresInDays") is not null;

    public bool IsWithoutExpiry => _members.GetValueOrDefault("expiresAt")?.Kind == 'n';

    public static NaiveCreation Read(byte[] body)
    {
        if (body.Length > MaxBytes)
        {
            return new NaiveCreation { Refusal = 413 };
        }

        return NaiveJson.Read(body) is { Kind: '{' } root && root.Members.All(member => member.Name is not null)
            ? new NaiveCreation(root)
            : new NaiveCreation { Refusal = 400 };
    }

    private NaiveCreation()
    {
    }

    private NaiveCreation(NaiveJson root)
    {
        foreach (var (name, value) in root.Members)
        {
            if (!_members.TryAdd(name!, value))
            {
                Errors.Add(name!);
            }
        }

        Errors.UnionWith(root.Members.Select(member => member.Name!).Distinct().Where(name => !Asked.Contains(name)).Take(10));
        Errors.UnionWith(Asked.Where(name => Given(name) is { } value && !IsRight(name, value)));
    }

    /// <summary>A member that is there and not null.</summary>
    private NaiveJson? Given(string name) => _members.GetValueOrDefault(name) is { Kind: not 'n' } value ? value : null;

    /// <summary>A member of the right form.</summary>
    private NaiveJson? Member(string name) => Given(name) is { } value && IsRight(name, value) ? value : null;

    private static bool IsRight(string name, NaiveJson value) => name switch
    {
        "name" => value is { Kind: '"', Text: not null },
        "scopes" => value.Kind == '[' && value.Items.All(item => item is { Kind: '"', Text: not null }),
        "expiresAt" => value is { Kind: '"', Text: { } text } && NaiveTime.Read(text) is not null,
        _ => value is { Kind: '0', Text: { } number } && Whole().IsMatch(number)
            && BigInteger.Parse(number, CultureInfo.InvariantCulture) is var days && days >= 1 && days <= 36_500,
    };

    [GeneratedRegex(@"^-?[0-9]+\z")]
    private static partial Regex Whole();
}
