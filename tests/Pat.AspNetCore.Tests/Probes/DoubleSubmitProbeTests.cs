using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.Tests;

/// <summary>The same request many times at once. Row26RacedLimitsTests (Pat.Security.Tests) has it at limits, ManagementPreconditionTests with conditions.</summary>
public sealed class DoubleSubmitProbeTests
{
    private const int Times = 16;

    [Fact]
    public async Task Of_many_rotations_one_value_is_left_that_works()
    {
        await using var app = await Management.StartAsync(static app =>
        {
            app.MapPersonalAccessTokens();
            UsualEndpoints.Map(app);
        });
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");

        var values = await Task.WhenAll(Enumerable.Range(0, Times).Select(async _ =>
        {
            using var response = await app.RotateAsync(cookie, id);
            return response.StatusCode == HttpStatusCode.OK ? (await response.ObjectAsync()).Text("token") : null;
        }));

        var works = new List<string>();
        foreach (var value in values.OfType<string>())
        {
            if (await app.GetAsync(UsualEndpoints.Read, value).StatusAsync() == HttpStatusCode.OK)
            {
                works.Add(value);
            }
        }

        Assert.Single(works);
        Assert.Equal(values.OfType<string>().Count() + 1, (await app.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = TestApp.Alice })).Items.Single().Version);
    }

    [Fact]
    public async Task Many_revocations_are_one_and_all_of_them_succeed()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var token = (await app.CreateTokenAsync(TestApp.Alice, ["read"])).Token!;
        var route = SessionRoutes.All(PersonalAccessTokenFormat.FormatId(token.Id)).Single(static route =>
            route.Method == HttpMethod.Delete && route.Path != Management.Path);

        var statuses = await Task.WhenAll(Enumerable.Range(0, Times).Select(async _ =>
        {
            using var response = await app.SendAsync(route, cookie);
            return response.StatusCode;
        }));

        Assert.All(statuses, static status => Assert.Equal(HttpStatusCode.NoContent, status));
        Assert.Equal(token.Version + 1, (await app.Manager.FindAsync(token.Id))!.Version);
    }

    [Fact]
    public async Task Many_revocations_of_all_end_each_token_once()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        for (var i = 0; i < 3; i++)
        {
            await app.CreateTokenAsync("read");
        }

        var revoked = await Task.WhenAll(Enumerable.Range(0, Times).Select(async _ =>
        {
            using var response = await app.SendAsync(HttpMethod.Delete, Management.Path, cookie: cookie);
            return (await response.ObjectAsync())["revoked"]!.GetValue<int>();
        }));

        Assert.Equal(3, revoked.Sum());
        Assert.All((await app.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = TestApp.Alice })).Items, static token =>
            Assert.Equal((2L, true), (token.Version, token.RevokedAt is not null)));
    }
}
