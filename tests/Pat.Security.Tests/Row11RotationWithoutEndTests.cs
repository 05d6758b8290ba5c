using System.Net;
using System.Text.Json.Nodes;
using static Pat.AspNetCore.TestSupport.Rotations;

namespace Pat.Security.Tests;

/// <summary>
/// Row 11. A rotation forgot the cache or the deadline (unkey). A proof is good while its tag is in force in the row: without an overlap
/// the old secret ends at once, with one at exactly its end, which is asked at each use and not when the cache was filled.
/// </summary>
/// <remarks>
/// Also <see cref="Row11RotationWithoutEndBySelfRotationTests"/>. Further evidence: RotationTests of the page (Pat.AspNetCore.UI.Tests).
/// </remarks>
public sealed class Row11RotationWithoutEndTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    [Fact]
    public async Task Row_11_Without_an_overlap_the_old_secret_is_refused_at_once()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, old) = await application.IssueAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(old));

        var rotated = await application.Manager.RotateAsync("alice", token.Id, new());

        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await application.RefusalOfAsync(old));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(rotated.Value!));
    }

    [Fact]
    public async Task Row_11_With_an_overlap_the_old_secret_is_refused_at_exactly_its_end_proven_before_or_not()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var warm = application.AddNode();
        await using var cold = application.AddNode();
        var (token, old) = await application.IssueAsync();

        var rotated = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = Overlap });
        application.Time.Advance(Overlap - Microsecond);
        var last = await warm.Manager.VerifyAsync(old);
        application.Time.Advance(Microsecond);

        Assert.Equal((true, true), (last.Succeeded, last.IsPreviousSecret));
        foreach (var node in new[] { application, warm, cold })
        {
            Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await node.RefusalOfAsync(old));
            var current = await node.Manager.VerifyAsync(rotated.Value!);
            Assert.Equal((true, false), (current.Succeeded, current.IsPreviousSecret));
        }
    }

    [Fact]
    public async Task Row_11_Both_secrets_work_until_the_overlap_ends_and_then_the_old_one_is_refused_cached_or_not()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var warm = application.AddNode();
        await using var cold = application.AddNode();
        await using var refreshed = application.AddNode();
        var (token, old) = await application.IssueAsync();
        await warm.RefusalOfAsync(old);
        await refreshed.RefusalOfAsync(old);
        var rotated = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) });
        application.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(5));
        await refreshed.RefusalOfAsync(old);
        await refreshed.Get<StateRefresher>().RefreshAsync(default);

        application.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMicroseconds(1));
        foreach (var node in new[] { application, warm, refreshed })
        {
            var verification = await node.Manager.VerifyAsync(old);
            Assert.Equal((PersonalAccessTokenRefusal.None, true), (verification.Refusal, verification.IsPreviousSecret));
            verification = await node.Manager.VerifyAsync(rotated.Value!);
            Assert.Equal((PersonalAccessTokenRefusal.None, false), (verification.Refusal, verification.IsPreviousSecret));
        }

        application.Time.Advance(TimeSpan.FromMicroseconds(1));
        foreach (var node in new[] { application, warm, refreshed, cold })
        {
            Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await node.RefusalOfAsync(old));
            Assert.Equal(PersonalAccessTokenRefusal.None, await node.RefusalOfAsync(rotated.Value!));
        }

        Assert.Equal(1, cold.Hashes);
    }

    [Fact]
    public async Task Row_11_A_rotation_without_an_overlap_ends_the_former_secret_at_once()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, created.Text("token")));
        app.Time.Advance(TimeSpan.FromMinutes(1));

        using var response = await app.RotateAsync(cookie, created.Text("id"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"2\"", response.Headers.ETag?.ToString());
        response.AssertUnstored();
        var rotated = await response.ObjectAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, created.Text("token")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, rotated.Text("token")));
        Assert.Equal("2026-03-01T12:01:00.123456Z", rotated.Text("secretCreatedAt"));
        Assert.Null(rotated["previousSecretExpiresAt"]);
        foreach (var member in new[] { "id", "name", "scopes", "createdAt", "expiresAt", "status" })
        {
            Assert.True(JsonNode.DeepEquals(created[member], rotated[member]), member);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_11_With_an_overlap_the_former_secret_works_until_its_end_and_not_at_it(bool isProven)
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);
        using var response = await app.RotateAsync(cookie, created.Text("id"), """{ "overlapSeconds": 60 }""");
        var rotated = await response.ObjectAsync();
        if (isProven)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, created.Text("token")));
        }

        app.Time.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(10));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, created.Text("token")));
        Assert.Equal("2026-03-01T12:01:00.123456Z", (await ShownAsync(app, cookie, created.Text("id"))).Text("previousSecretExpiresAt"));
        app.Time.Advance(TimeSpan.FromTicks(10));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, created.Text("token")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, rotated.Text("token")));
        Assert.Null((await ShownAsync(app, cookie, created.Text("id")))["previousSecretExpiresAt"]);
    }
}
