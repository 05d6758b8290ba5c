using System.Net;
using static Pat.AspNetCore.TestSupport.SelfRotations;

namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row11RotationWithoutEndTests"/>, for a token that rotates itself.</summary>
public sealed class Row11RotationWithoutEndBySelfRotationTests
{
    private const string Path = Management.Path + "/self/rotate";

    [Fact]
    public async Task Row_11_A_secret_that_becomes_the_previous_one_on_the_way_is_403_too()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        PersonalAccessTokenResult? rotated = null;

        // Sent when the server asks for it, and so after it has judged the secret.
        using var content = new LateContent("{}", async () => rotated = await app.Manager.RotateAsync(
            TestApp.Alice, created.Token!.Id, new PersonalAccessTokenRotation { Overlap = TimeSpan.FromHours(1) }));
        using var response = await app.SendAsync(
            HttpMethod.Post, Path, null, content, ("Authorization", $"Bearer {created.Value}"), ("Expect", "100-continue"));

        await response.ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, rotated!.Value!));
        Assert.Single(app.Logs.GetSnapshot(), record => record.Id.Id == 503);
    }
}
