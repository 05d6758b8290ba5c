using System.Data.Common;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row30OutageAs401Tests"/>, for the management API.</summary>
public sealed class Row30OutageAs401InManagementTests
{
    public static TheoryData<string> Outages =>
        new("database", "wrapped", "twice wrapped", "timeout", "wrapped timeout", "unavailable");

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Row_30_A_store_that_does_not_answer_is_503_and_nothing_is_claimed(string outage)
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");
        app.Store.Fail(Fault(outage));

        foreach (var route in SessionRoutes.All(id))
        {
            using var response = await app.SendAsync(route, cookie);

            await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.InRange(response.RetrySeconds(), 1, 5);
            Assert.Null(response.Headers.Location);
            Assert.Null(response.Headers.ETag);
        }

        await app.RecoverAsync();
        Assert.Equal(1, await app.CountAsync());
        using var afterwards = await app.GetAsync($"{Management.Path}/{id}", cookie: cookie);
        Assert.Equal("active", (await afterwards.ObjectAsync()).Text("status"));
        Assert.Equal("\"1\"", afterwards.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task Row_30_A_token_that_asks_for_itself_meanwhile_gets_503()
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");
        app.Store.Fail(Fault("database"));

        using var response = await app.GetAsync($"{Management.Path}/self", token);

        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.True(response.Headers.Contains("Retry-After"));
        Assert.Empty(response.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task Row_30_Those_who_are_turned_away_together_are_not_asked_back_together()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        app.Store.Fail(Fault("timeout"));

        var seconds = new HashSet<int>();
        for (var request = 0; request < 50; request++)
        {
            using var response = await app.GetAsync(Management.Path, cookie: cookie);
            seconds.Add(response.RetrySeconds());
        }

        Assert.All(seconds, wait => Assert.InRange(wait, 1, 5));
        Assert.NotEqual(1, seconds.Count);
    }

    [Fact]
    public async Task Row_30_A_fault_of_ours_is_500_and_no_outage()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        app.Store.Fail(new InvalidOperationException("SELECT pat_secret"));

        using var response = await app.GetAsync(Management.Path, cookie: cookie);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("SELECT", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Retry-After"));
    }

    [Fact]
    public async Task Row_30_A_client_is_refused_without_the_store()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        app.Store.Fail(Fault("database"));

        using var wrong = await app.CreateAsync(cookie, "{}");
        using var nobody = await app.GetAsync(Management.Path);

        Assert.NotEmpty(await wrong.ErrorsAsync());
        await nobody.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    private static Task<TestApp> StartAsync() => Management.StartAsync(pipeline: app =>
    {
        app.UseExceptionHandler();
        TestApp.UsualPipeline(app);
    });

    private static Exception Fault(string outage)
    {
        DbException database = new SqliteException("no such table: SELECT pat_secret", 1);
        return outage switch
        {
            "database" => database,
            "wrapped" => new DbUpdateException("An error occurred while saving.", database),
            "twice wrapped" => new InvalidOperationException("transient", new DbUpdateException("saving", database)),
            "timeout" => new TimeoutException("The operation has timed out."),
            "wrapped timeout" => new TaskCanceledException("canceled", new TimeoutException()),
            _ => new PersonalAccessTokenUnavailableException("The store does not answer."),
        };
    }
}
