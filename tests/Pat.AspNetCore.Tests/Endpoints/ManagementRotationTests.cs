using System.Net;
using static Pat.AspNetCore.TestSupport.Rotations;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementRotationTests
{
    [Fact]
    public async Task A_second_rotation_ends_the_overlap_of_the_first()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);
        var values = new List<string> { created.Text("token") };
        for (var i = 0; i < 2; i++)
        {
            using var response = await app.RotateAsync(cookie, created.Text("id"), """{ "overlapSeconds": 86400 }""");
            values.Add((await response.ObjectAsync()).Text("token"));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, values[0]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, values[1]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, values[2]));
    }

    [Fact]
    public async Task An_expiry_given_counts_from_the_new_secret()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");
        app.Time.AdvanceWallClock(TimeSpan.FromDays(10));

        using var response = await app.RotateAsync(
            await app.SignInAsync(), id, """{ "expiresAt": "2027-03-11T12:00:00Z" }""");

        Assert.Equal("2027-03-11T12:00:00Z", (await response.ObjectAsync()).Text("expiresAt"));
    }

    [Fact]
    public async Task The_value_is_in_the_answer_to_the_rotation_alone()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");
        using var response = await app.RotateAsync(cookie, id, """{ "overlapSeconds": 60 }""");
        var value = (await response.ObjectAsync()).Text("token");

        foreach (var path in new[] { Management.Path, $"{Management.Path}/{id}" })
        {
            using var shown = await app.GetAsync(path, cookie: cookie);
            Assert.DoesNotContain(value[^49..], await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
