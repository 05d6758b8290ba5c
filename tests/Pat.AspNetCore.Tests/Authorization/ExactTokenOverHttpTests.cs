using System.Net;
using CsCheck;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.Tests;

/// <summary>Rows 18 and 19 of the known failures, over HTTP: only the exact string works.</summary>
public sealed class ExactTokenOverHttpTests
{
    private const int Mutations = 400;

    [Fact]
    public async Task Row_18_Flipping_the_case_of_any_one_letter_is_401()
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");

        for (var position = 0; position < token.Length; position++)
        {
            if (!char.IsAsciiLetter(token[position]))
            {
                continue;
            }

            var flipped = $"{token[..position]}{(char)(token[position] ^ 0x20)}{token[(position + 1)..]}";
            Assert.True(
                HttpStatusCode.Unauthorized == await app.GetAsync("/scope", flipped).StatusAsync(),
                $"The letter at {position} may have either case.");
        }

        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/scope", token).StatusAsync());
    }

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
