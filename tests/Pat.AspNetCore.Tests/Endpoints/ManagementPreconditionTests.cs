using System.Net;

namespace Pat.AspNetCore.Tests;

/// <summary>If-Match, as RFC 9110 has it, on what changes a token.</summary>
public sealed class ManagementPreconditionTests(ManagementApp management) : IClassFixture<ManagementApp>
{
    private readonly string _owner = management.NextOwner();

    [Theory]
    [InlineData("\"2\"", HttpStatusCode.OK)]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("\"1\", \"2\"", HttpStatusCode.OK)]
    [InlineData("\"2\",\"x\"", HttpStatusCode.OK)]
    [InlineData("\"1\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"3\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"02\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"*\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("W/\"2\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("W/\"2\", \"2\"", HttpStatusCode.OK)]
    [InlineData("2", HttpStatusCode.BadRequest)]
    [InlineData("\"2", HttpStatusCode.BadRequest)]
    [InlineData("\"2\" \"3\"", HttpStatusCode.BadRequest)]
    [InlineData("*, \"2\"", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task A_change_is_made_only_to_a_version_that_is_named(string ifMatch, HttpStatusCode status)
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        foreach (var isRotation in new[] { false, true })
        {
            var id = await CreateAtVersion2Async(app, cookie);

            using var response = isRotation
                ? await app.RotateAsync(cookie, id, "{}", ("If-Match", ifMatch))
                : await app.EditAsync(cookie, id, """{ "name": "changed" }""", ("If-Match", ifMatch));

            using var read = await app.GetAsync($"{Management.Path}/{id}", cookie: cookie);
            Assert.Equal(status == HttpStatusCode.OK ? "\"3\"" : "\"2\"", read.Headers.ETag?.ToString());
            Assert.Equal(status, response.StatusCode);
            if (status != HttpStatusCode.OK)
            {
                await response.ProblemAsync(status);
            }
        }
    }

    [Fact]
    public async Task Several_headers_are_one_list()
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var id = await CreateAtVersion2Async(app, cookie);

        using var response = await app.EditAsync(cookie, id, """{ "name": "n" }""", ("If-Match", "\"1\""), ("If-Match", "\"2\""));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Of_many_changes_to_one_version_one_is_made()
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var id = await CreateAtVersion2Async(app, cookie);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            using var response = i % 2 == 0
                ? await app.EditAsync(cookie, id, $$"""{ "name": "name {{i}}" }""", ("If-Match", "\"2\""))
                : await app.RotateAsync(cookie, id, "{}", ("If-Match", "\"2\""));
            return response.StatusCode;
        }));

        Assert.Equal(1, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(15, statuses.Count(status => status == HttpStatusCode.PreconditionFailed));
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("nonsense")]
    public async Task A_revocation_is_never_held_up_by_a_version(string ifMatch)
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var id = await CreateAtVersion2Async(app, cookie);

        using var response = await app.SendAsync(
            HttpMethod.Delete, $"{Management.Path}/{id}", cookie, null, ("If-Match", ifMatch));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task The_tag_of_a_creation_is_good_for_the_next_change()
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        using var created = await app.CreateAsync(cookie);
        var id = (await created.ObjectAsync()).Text("id");

        using var response = await app.EditAsync(cookie, id, """{ "name": "n" }""", ("If-Match", created.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_use_does_not_change_the_tag()
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var created = await app.CreatedAsync(cookie);
        using var use = await app.GetAsync($"{Management.Path}/self", created.Text("token"));
        Assert.Equal(HttpStatusCode.OK, use.StatusCode);

        using var response = await app.EditAsync(
            cookie, created.Text("id"), """{ "name": "n" }""", ("If-Match", use.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<string> CreateAtVersion2Async(TestApp app, string cookie)
    {
        var id = (await app.CreatedAsync(cookie)).Text("id");
        using var response = await app.EditAsync(cookie, id, """{ "name": "second" }""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return id;
    }
}
