using System.Net;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementLimitTests
{
    [Fact]
    public async Task The_51st_usable_token_is_400_until_one_is_revoked()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var id = "";
        for (var i = 0; i < 50; i++)
        {
            id = (await app.CreatedAsync(cookie)).Text("id");
        }

        using var refused = await app.CreateAsync(cookie);
        using var bobs = await app.CreateAsync(await app.SignInAsync(TestApp.Bob));
        using var revoked = await app.SendAsync(HttpMethod.Delete, $"{Management.Path}/{id}", cookie: cookie);
        using var created = await app.CreateAsync(cookie);

        Assert.Single(await refused.ErrorsAsync());
        Assert.Equal(HttpStatusCode.Created, bobs.StatusCode);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    [Fact]
    public async Task More_tokens_than_24_hours_allow_are_429_until_they_are_over()
    {
        await using var app = await Management.StartAsync(tokens: options => options.MaxSecretsPerOwnerPerDay = 2);
        var cookie = await app.SignInAsync();
        await app.CreatedAsync(cookie);
        await app.CreatedAsync(cookie);

        using var refused = await app.CreateAsync(cookie);
        using var bobs = await app.CreateAsync(await app.SignInAsync(TestApp.Bob));
        app.Time.AdvanceWallClock(TimeSpan.FromHours(24));
        using var created = await app.CreateAsync(await app.SignInAsync());

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal(TimeSpan.FromHours(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.Created, bobs.StatusCode);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    [Fact]
    public async Task Rotations_count_as_creations_do()
    {
        await using var app = await Management.StartAsync(tokens: options => options.MaxSecretsPerOwnerPerDay = 2);
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");

        using var first = await app.RotateAsync(cookie, id);
        using var second = await app.RotateAsync(cookie, id);
        using var creation = await app.CreateAsync(cookie);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await second.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal(TimeSpan.FromHours(1), second.Headers.RetryAfter?.Delta);
        await creation.ProblemAsync(HttpStatusCode.TooManyRequests);
    }
}
