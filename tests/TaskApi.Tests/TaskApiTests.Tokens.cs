using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>The API, called by scripts with a token.</summary>
public abstract partial class TaskApiTests
{
    [Fact]
    public async Task A_script_lists_and_creates_its_owners_tasks()
    {
        var owner = await application.RegisterAsync();
        await CreateTaskAsync(owner, "Sweep");
        var token = await owner.CreateTokenValueAsync("write");
        var script = application.CreateClient();

        var created = await script.CreateTaskAsync(token, "Dust");
        var list = await (await script.ListTasksAsync(token)).Content.ReadFromJsonAsync<JsonElement>();

        Assert.StartsWith("task_pat_", token, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(["Sweep", "Dust"], Names(list));
    }

    [Fact]
    public async Task A_token_that_may_only_read_creates_nothing()
    {
        var owner = await application.RegisterAsync();
        var token = await owner.CreateTokenValueAsync("read");
        var script = application.CreateClient();

        var response = await script.CreateTaskAsync(token, "Dust");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("""Bearer error="insufficient_scope", scope="write" """.TrimEnd(), response.Headers.WwwAuthenticate.ToString());
        Assert.Empty(Names(await owner.Http.GetFromJsonAsync<JsonElement>("/api/tasks")));
    }

    [Fact]
    public async Task Row_8_A_revoked_token_is_refused_on_the_next_request()
    {
        var owner = await application.RegisterAsync();
        var token = await owner.CreateTokenAsync("read");
        var script = application.CreateClient();
        var value = token.GetProperty("token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await script.ListTasksAsync(value)).StatusCode);

        var revoked = await owner.RevokeAsync(token);

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await AssertRefusedAsync(script, value);
    }

    [Fact]
    public async Task Row_8_A_token_whose_expiry_was_brought_forward_elsewhere_is_refused_within_the_bound()
    {
        var owner = await application.RegisterAsync();
        var token = await owner.CreateTokenValueAsync("read");
        var script = application.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await script.ListTasksAsync(token)).StatusCode);
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);

        await ChangeTokensOfAsync(owner, tokens => tokens.ExecuteUpdateAsync(
            set => set.SetProperty(one => one.ExpiresAt, past)));

        await AssertRefusedWithinTheBoundAsync(script, token);
    }

    [Fact]
    public async Task A_token_unused_for_a_year_is_refused()
    {
        var owner = await application.RegisterAsync();
        var token = await owner.CreateTokenValueAsync("read");
        var longAgo = TimeProvider.System.GetUtcNow().AddDays(-366);

        await ChangeTokensOfAsync(owner, tokens => tokens.ExecuteUpdateAsync(
            set => set.SetProperty(one => one.CreatedAt, longAgo).SetProperty(one => one.LastUsedAt, longAgo)));

        await AssertRefusedAsync(application.CreateClient(), token);
    }

    [Fact]
    public async Task Row_15_An_owner_locked_by_an_administrator_is_refused_until_unlocked()
    {
        var owner = await application.RegisterAsync();
        var token = await owner.CreateTokenValueAsync("read");
        var script = application.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await script.ListTasksAsync(token)).StatusCode);

        await LockAsync(owner, DateTimeOffset.MaxValue);
        await AssertRefusedWithinTheBoundAsync(script, token);

        await LockAsync(owner, null);
        Assert.Equal(HttpStatusCode.OK, (await script.ListTasksAsync(token)).StatusCode);
    }

    [Fact]
    public async Task Row_15_Five_wrong_passwords_leave_the_token_working()
    {
        var owner = await application.RegisterAsync();
        var token = await owner.CreateTokenValueAsync("read");

        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await owner.SignInAsync("wrong")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.SignInAsync(Caller.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await application.CreateClient().ListTasksAsync(token)).StatusCode);
    }

    [Fact]
    public async Task Row_15_A_deleted_owner_is_refused()
    {
        var owner = await application.RegisterAsync();
        var token = await owner.CreateTokenValueAsync("read");

        await application.AdministerAsync(
            context => context.Users.Where(user => user.Email == owner.Email).ExecuteDeleteAsync());

        await AssertRefusedAsync(application.CreateClient(), token);
    }

    private Task LockAsync(Caller owner, DateTimeOffset? end) => application.AdministerAsync(
        context => context.Users.Where(user => user.Email == owner.Email)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.LockoutEnd, end)));

    private Task ChangeTokensOfAsync(Caller owner, Func<IQueryable<Pat.PersonalAccessToken>, Task> change) =>
        application.AdministerAsync(async context =>
        {
            var id = await context.Users.Where(user => user.Email == owner.Email).Select(user => user.Id).SingleAsync();
            await change(context.Set<Pat.PersonalAccessToken>().Where(token => token.OwnerId == id));
        });

    private static async Task AssertRefusedAsync(HttpClient script, string token)
    {
        var response = await script.ListTasksAsync(token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    /// <summary>After a change that the application did not make itself: no request that starts later than the bound is let in.</summary>
    private static async Task AssertRefusedWithinTheBoundAsync(HttpClient script, string token)
    {
        var changed = Stopwatch.StartNew();
        TimeSpan started;
        do
        {
            started = changed.Elapsed;
            using var response = await script.ListTasksAsync(token);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                return;
            }
        }
        while (started <= TaskApiFixture.MaxStaleness);

        Assert.Fail($"A request that started {started} after the change was let in.");
    }
}
