using System.Net;
using CsCheck;
using Microsoft.AspNetCore.Builder;

namespace Pat.Security.Tests;

/// <summary>
/// Row 19. A token could be changed and still worked (Zitadel CVE-2026-27840). A token is exactly the string that was made: the parser
/// takes one form, and the checksum and the hash are of the whole string.
/// </summary>
public sealed class Row19MalleableTokenTests
{
    private const int Mutations = 400;

    private static readonly Gen<int> Position = Gen.Int[0, 1_000];

    [Fact]
    public void Row_19_A_token_with_any_one_character_replaced_by_another_digit_is_refused() =>
        FormatGenerators.Token.Sample(
            token => Enumerable.Range(0, token.Length).All(at => Base62.Alphabet
                .Where(digit => digit != token[at])
                .All(digit => IsRefused(Replace(token, at, digit)))),
            iter: 20);

    [Fact]
    public void Row_19_A_truncated_token_is_refused() =>
        FormatGenerators.Token.Sample(
            token => Enumerable.Range(0, token.Length).All(length => IsRefused(token[..length]))
                && Enumerable.Range(1, token.Length).All(start => IsRefused(token[start..])),
            iter: 300);

    [Fact]
    public void Row_19_A_token_with_anything_inserted_or_appended_is_refused() =>
        Gen.Select(FormatGenerators.Token, Position, Gen.Char.Array[1, 4]).Sample(
            (token, at, added) => IsRefused(token.Insert(at % (token.Length + 1), new string(added))),
            iter: 5_000);

    [Theory]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData("\r\n")]
    [InlineData("\0")]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData("\u00a0")]
    [InlineData("\u200b")]
    [InlineData("\ufeff")]
    [InlineData("\"")]
    public void Row_19_A_token_with_padding_around_it_is_refused(string padding)
    {
        var token = PersonalAccessTokenFormat.Create("pat", Guid.Empty);

        Assert.True(IsRefused(padding + token));
        Assert.True(IsRefused(token + padding));
    }

    [Theory]
    [InlineData("Bearer {0}\u00a0")]
    [InlineData("Bearer {0}\u2003")]
    [InlineData("Bearer {0}\v")]
    [InlineData("Bearer {0}\f ")]
    public async Task Row_19_White_space_that_headers_do_not_have_is_part_of_the_value(string header)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");

        var (status, challenges) = await RawRequest.GetAsync(
            app, UsualEndpoints.Read, "Authorization: " + header.Replace("{0}", token, StringComparison.Ordinal));

        Assert.Equal(401, status);
        Assert.Equal([Answers.Refused], challenges);
    }

    [Fact]
    public void Row_19_A_token_with_a_look_alike_character_is_refused() =>
        FormatGenerators.Token.Sample(
            token => Enumerable.Range(0, token.Length)
                .All(at => LookAlikes(token[at]).All(character => IsRefused(Replace(token, at, character)))),
            iter: 300);

    [Fact]
    public void Row_19_A_token_with_two_neighbours_swapped_is_refused() =>
        FormatGenerators.Token.Sample(
            token => Enumerable.Range(0, token.Length - 1)
                .Where(at => token[at] != token[at + 1])
                .All(at => IsRefused(Replace(Replace(token, at, token[at + 1]), at + 1, token[at]))),
            iter: 300);

    [Fact]
    public async Task Row_19_No_mutation_of_a_token_works()
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");
        var another = await app.CreateTokenAsync("read");

        await Mutated(token, another).SampleAsync(
            async mutated => mutated == token || mutated == another || await app.GetAsync("/scope", authorization: $"Bearer {mutated}").StatusAsync()
                is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest,
            iter: Mutations,
            threads: 1);
        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/scope", token).StatusAsync());
    }

    [Theory]
    [InlineData("{0}.")]
    [InlineData("{0}=")]
    [InlineData("{0}==")]
    [InlineData("\"{0}\"")]
    [InlineData("{0} {0}")]
    [InlineData("{0}%20")]
    [InlineData("{0}{0}")]
    [InlineData("{0}_")]
    [InlineData("pat_{0}")]
    [InlineData("{0};")]
    public async Task Row_19_Nothing_may_stand_around_it(string shape)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");

        Assert.Equal(HttpStatusCode.Unauthorized, await app.GetAsync(
            "/scope", authorization: $"Bearer {shape.Replace("{0}", token, StringComparison.Ordinal)}").StatusAsync());
    }

    private static bool IsRefused(string token) => !PersonalAccessTokenFormat.TryParse(token, out _);

    private static string Replace(string token, int at, char character) => $"{token[..at]}{character}{token[(at + 1)..]}";

    /// <summary>The full-width form, the same low byte in another block, and letters of other scripts that look alike.</summary>
    private static IEnumerable<char> LookAlikes(char character)
    {
        yield return (char)(character + 0xFEE0);
        yield return (char)(character + 0x100);
        yield return (char)(character | 0x80);
        foreach (var (latin, other) in "a\u0430e\u0435o\u043ep\u0440c\u0441x\u0445A\u0391B\u0392K\u212ai\u0131s\u017f0\u06600\u0966".Chunk(2)
            .Select(pair => (pair[0], pair[1])))
        {
            if (latin == character)
            {
                yield return other;
            }
        }
    }

    /// <summary>Truncated, lengthened, one character replaced, swapped or left out, look-alikes, halves of two tokens.</summary>
    private static Gen<string> Mutated(string token, string another)
    {
        var position = Gen.Int[0, token.Length - 1];
        var character = Gen.Char[(char)0x21, (char)0x7E];
        return Gen.OneOf(
            position.Select(at => token[..at]),
            position.Select(at => token[at..]),
            Gen.Select(position, character).Select((at, other) => $"{token[..at]}{other}{token[(at + 1)..]}"),
            Gen.Select(position, character).Select((at, other) => $"{token[..at]}{other}{token[at..]}"),
            position.Select(at => token.Remove(at, 1)),
            Gen.Select(position, position).Select((one, other) => Swap(token, one, other)),
            position.Select(at => token[..at] + another[at..]),
            character.Select(other => token + other),
            character.Select(other => other + token),
            Gen.OneOf("0O", "O0", "1l", "l1", "Il").Select(pair => token.Replace(pair[0], pair[1])));
    }

    private static string Swap(string token, int one, int other)
    {
        var characters = token.ToCharArray();
        (characters[one], characters[other]) = (characters[other], characters[one]);
        return new string(characters);
    }

    private static Task<TestApp> StartAsync() =>
        TestApp.StartAsync(map: app => app.MapGet("/scope", Answers.Who).RequireScope("read"));
}
