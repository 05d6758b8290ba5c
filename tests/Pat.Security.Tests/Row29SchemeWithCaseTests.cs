using Microsoft.Extensions.DependencyInjection;

namespace Pat.Security.Tests;

/// <summary>
/// Row 29. The scheme was compared with case (ASP.NET Core's BearerToken handler). Bearer is the same scheme in any case, followed by any
/// number of spaces (RFC 9110, section 11.1).
/// </summary>
public sealed class Row29SchemeWithCaseTests
{
    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("bearer {0}")]
    [InlineData("BEARER {0}")]
    [InlineData("bEaReR {0}")]
    [InlineData("Bearer      {0}")]
    [InlineData("Bearer {0}   ")]
    [InlineData("   bearer   {0} \t")]
    public async Task Row_29_the_schemes_case_and_the_number_of_spaces_do_not_matter(string header)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");

        var (status, _) = await RawRequest.GetAsync(
            app, UsualEndpoints.Read, "Authorization: " + header.Replace("{0}", token, StringComparison.Ordinal));

        Assert.Equal(200, status);
    }
}
