using System.Net;
using CsCheck;
using Microsoft.AspNetCore.Builder;

namespace Pat.Security.Tests;

/// <summary>
/// Row 18. Tokens were compared loosely (several). Prefix, id, secret and checksum are all compared with the case of their letters.
/// </summary>
public sealed class Row18LooseComparisonTests
{
    [Fact]
    public void Row_18_A_token_with_the_case_of_any_one_letter_flipped_is_refused() =>
        FormatGenerators.Token.Sample(
            token => Enumerable.Range(0, token.Length)
                .Where(at => char.IsAsciiLetter(token[at]))
                .All(at => IsRefused(Replace(token, at, (char)(token[at] ^ 0x20)))),
            iter: 300);

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

    private static bool IsRefused(string token) => !PersonalAccessTokenFormat.TryParse(token, out _);

    private static string Replace(string token, int at, char character) => $"{token[..at]}{character}{token[(at + 1)..]}";

    private static Task<TestApp> StartAsync() =>
        TestApp.StartAsync(map: app => app.MapGet("/scope", Answers.Who).RequireScope("read"));
}
