using System.Net;

namespace Pat.Security.Tests;

/// <summary>
/// Row 26. Limits raced (better-auth #9993). A secret is counted by one conditional statement that holds the owner's row: of many creations
/// at once, exactly as many as the limit are done.
/// </summary>
/// <remarks>
/// Also <see cref="Row26RacedLimitsInStoresTests"/>. Further evidence: RepeatedFormTests of the page (Pat.AspNetCore.UI.Tests).
/// </remarks>
public sealed class Row26RacedLimitsTests
{
    [Fact]
    public async Task Row_26_Of_many_requests_at_once_at_the_limit_exactly_as_many_as_it_allows_succeed()
    {
        await using var app = await Management.StartAsync(tokens: options =>
        {
            options.MaxTokensPerOwner = 5;
            options.MaxSecretsPerOwnerPerDay = 8;
        });
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");

        var created = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var response = await app.CreateAsync(cookie);
            return response.StatusCode;
        }));
        var rotated = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var response = await app.RotateAsync(cookie, id);
            return response.StatusCode;
        }));

        Assert.Equal(4, created.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(3, rotated.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(5, await app.CountAsync());
    }
}
