using System.Text.RegularExpressions;
using Pat.Core.Tests;
using static Pat.Fuzz.FuzzFailure;

namespace Pat.Fuzz;

/// <summary>The token parser, compared with <see cref="NaiveFormat"/>.</summary>
internal sealed partial class TokenTarget : FuzzTarget
{
    private static readonly string[] Parts = ["Pat.PersonalAccessTokenFormat", "Pat.Base62"];

    /// <summary>What is done once, at the first use, allocates.</summary>
    public TokenTarget() =>
        Unless(PersonalAccessTokenFormat.TryParse(PersonalAccessTokenFormat.Create("pat", Guid.Empty), out _), "A new token is none.");

    public override IReadOnlyList<string> Watched => Parts;

    public override bool IsComplete => true;

    public override IReadOnlyList<string> Words { get; } =
        ["pat_", "acme_pat_", "_", "__", "7n42DGM5Tflk9n8mt7Fhc7", "7n42DGM5Tflk9n8mt7Fhc8", "0000000000", "zzzzzz", "\ud83d\ude00"];

    public override int DrawnShare => 75;

    public override IReadOnlyList<InputShare> Shares { get; } =
    [
        new("with prefix and length", 0.5, TokenInputs.HasPrefixAndLength),
        new("with its checksum", 0.1, TokenInputs.HasChecksum),
    ];

    public override string Draw(Random random) => TokenInputs.Draw(random);

    public override ValueTask TryAsync(string input, Cost cost)
    {
        var expected = NaiveFormat.Parse(input);
        cost.Start();
        var isToken = PersonalAccessTokenFormat.TryParse(input, out var parts);
        var hasId = PersonalAccessTokenFormat.TryReadId(input, out var id);
        cost.Stop(0);

        UnlessEqual(expected is not null, isToken, "Whether it is a token");
        TryReadId(input, hasId, id);
        TryTexts(input, cost);
        if (expected is { } token)
        {
            UnlessEqual(token, (parts.Prefix.ToString(), parts.Id, parts.Secret.ToString()), "Its parts");
            UnlessEqual(token.Id, id, "The id alone");
            var rest = $"{token.Prefix}_{PersonalAccessTokenFormat.FormatId(token.Id)}_{token.Secret}";
            UnlessEqual(input, rest + NaiveFormat.Checksum(rest), "What its parts make");
            TryCreate(token.Prefix, token.Id);
        }

        return ValueTask.CompletedTask;
    }

    private static void TryReadId(string input, bool hasId, Guid id)
    {
        var expected = IdInPlace().Match(input) is { Success: true } match ? NaiveId.Read(match.Groups["id"].Value) : null;
        UnlessEqual(expected, hasId ? id : null, "The id in its place");
    }

    /// <summary>The input as an id and as a prefix, and what stands in the places of these.</summary>
    private static void TryTexts(string input, Cost cost)
    {
        TryId(input, cost);
        TryPrefix(input);
        if (input.Length > 73)
        {
            TryId(input.Substring(input.Length - 72, 22), cost);
            TryPrefix(input[..^73]);
        }
    }

    private static void TryId(string text, Cost cost)
    {
        cost.Start();
        var isId = PersonalAccessTokenFormat.TryParseId(text, out var id);
        cost.Stop(0);
        UnlessEqual(NaiveId.Read(text), isId ? id : null, "The id");
        if (isId)
        {
            UnlessEqual(text, PersonalAccessTokenFormat.FormatId(id), "The id written again");
        }
    }

    private static void TryPrefix(string text)
    {
        var isPrefix = text.Length is >= 2 and <= 24 && Prefix().IsMatch(text);
        UnlessEqual(isPrefix, PersonalAccessTokenFormat.IsValidPrefix(text), "Whether it is a prefix");
        if (!isPrefix && text.Length == 2)
        {
            // Seldom, since exceptions take long.
            TryRefusedCreate(text);
        }
    }

    private static void TryCreate(string prefix, Guid id)
    {
        var created = NaiveFormat.Parse(PersonalAccessTokenFormat.Create(prefix, id));
        UnlessEqual((prefix, id), (created?.Prefix, created?.Id ?? default), "A new token with its prefix and id");
    }

    private static void TryRefusedCreate(string prefix)
    {
        try
        {
            PersonalAccessTokenFormat.Create(prefix, Guid.Empty);
        }
        catch (ArgumentException)
        {
            return;
        }

        throw new FuzzFailure("A token was created with a prefix that none may have.");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]*(_[a-z0-9]+)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^.{2,24}_(?<id>[0-9A-Za-z]{22})_.{49}\z", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex IdInPlace();
}
