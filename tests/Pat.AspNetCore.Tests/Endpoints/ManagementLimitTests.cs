using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementLimitTests
{
    [Fact]
    public async Task Where_there_is_no_room_to_hash_nothing_is_changed_and_the_store_is_not_blamed()
    {
        await using var app = await Management.StartAsync(tokens: SecretHashers.SmallArgon2id);
        var held = await HeldHashRoom.HoldForLongAsync(app.Services.GetRequiredService<SecretHasher>().Room, app.Time);
        var cookie = await app.SignInAsync();

        using var response = await app.CreateAsync(cookie);

        var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.StartsWith("Too many tokens are being made at the moment, so nothing was changed", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Single(app.Logs.GetSnapshot(), record => record.Id.Id == 505);
        await held.ReleaseAsync();
        Assert.Equal(0, await app.CountAsync());
    }

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
