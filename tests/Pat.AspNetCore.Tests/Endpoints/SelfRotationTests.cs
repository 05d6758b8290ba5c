using System.Net;
using Microsoft.Extensions.DependencyInjection;
using static Pat.AspNetCore.TestSupport.SelfRotations;

namespace Pat.AspNetCore.Tests;

/// <summary>POST /self/rotate: a token that replaces its own secret, where the application wants that.</summary>
public sealed class SelfRotationTests
{
    private const string Path = Management.Path + "/self/rotate";

    [Fact]
    public async Task Unless_the_application_says_so_no_token_rotates_itself()
    {
        await using var app = await Management.StartAsync();
        var token = await app.CreateTokenAsync("write");
        var cookie = await app.SignInAsync();

        using var response = await app.PostAsync(Path, token, content: Management.Json("{}"));
        using var bySession = await app.PostAsync(Path, cookie: cookie, content: Management.Json("{}"));

        await response.ProblemAsync(HttpStatusCode.Forbidden);
        await bySession.ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, token));
    }

    [Fact]
    public async Task A_token_replaces_its_own_secret_and_nothing_else_changes()
    {
        await using var app = await StartAsync();
        var created = await app.CreatedAsync(await app.SignInAsync());

        using var response = await app.PostAsync(Path, created.Text("token"), content: Management.Json("{}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        response.AssertUnstored();
        var rotated = await response.ObjectAsync();
        Assert.Equal(created.Text("id"), rotated.Text("id"));
        Assert.Equal(created.Text("expiresAt"), rotated.Text("expiresAt"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, created.Text("token")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, rotated.Text("token")));
    }

    [Fact]
    public async Task By_its_previous_secret_it_is_403_and_a_warning_in_the_log()
    {
        await using var app = await StartAsync();
        var created = await app.CreatedAsync(await app.SignInAsync());
        using var first = await app.PostAsync(Path, created.Text("token"), content: Management.Json("""{ "overlapSeconds": 3600 }"""));
        var rotated = await first.ObjectAsync();

        using var second = await app.PostAsync(Path, created.Text("token"), content: Management.Json("{}"));

        await second.ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, rotated.Text("token")));
        var record = Assert.Single(app.Logs.GetSnapshot(), record => record.Id.Id == 503);
        Assert.Contains(created.Text("id"), record.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(created.Text("token")[^49..], record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_rotations_by_one_secret_one_succeeds()
    {
        await using var app = await StartAsync();
        var created = await app.CreatedAsync(await app.SignInAsync());

        var statuses = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var response = await app.PostAsync(Path, created.Text("token"), content: Management.Json("""{ "overlapSeconds": 60 }"""));
            return response.StatusCode;
        }));

        Assert.Equal(1, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.All(statuses, status => Assert.Contains(
            status, new[] { HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Conflict }));
    }

    [Fact]
    public async Task A_version_that_is_named_has_to_be_the_present_one()
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");

        using var stale = await app.SendAsync(
            HttpMethod.Post, Path, null, Management.Json("{}"), ("Authorization", $"Bearer {token}"), ("If-Match", "\"2\""));
        using var present = await app.SendAsync(
            HttpMethod.Post, Path, null, Management.Json("{}"), ("Authorization", $"Bearer {token}"), ("If-Match", "\"1\""));

        await stale.ProblemAsync(HttpStatusCode.PreconditionFailed);
        Assert.Equal(HttpStatusCode.OK, present.StatusCode);
    }

    [Fact]
    public async Task A_session_is_403_and_nobody_401()
    {
        await using var app = await StartAsync();

        using var session = await app.PostAsync(Path, cookie: await app.SignInAsync(), content: Management.Json("{}"));
        using var nobody = await app.PostAsync(Path, content: Management.Json("{}"));

        await session.ProblemAsync(HttpStatusCode.Forbidden);
        await nobody.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_limit_of_new_secrets_holds()
    {
        await using var app = await StartAsync(options => options.MaxSecretsPerOwnerPerDay = 1);
        var token = await app.CreateTokenAsync("read");

        using var response = await app.PostAsync(Path, token, content: Management.Json("{}"));

        await response.ProblemAsync(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    public async Task A_simple_request_rotates_nothing(string? contentType)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");
        using var content = contentType is null ? null : new StringContent("{}", null, contentType);

        using var response = await app.PostAsync(Path, token, content: content);

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, token));
    }
}
