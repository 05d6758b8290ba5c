using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Pat.AspNetCore.Tests;

/// <summary>Bodies that are refused for what they are, before anybody asks what is in them.</summary>
public sealed class ManagementRequestBodyTests(ManagementApp management) : IClassFixture<ManagementApp>
{
    private const string SelfRotation = "POST /self/rotate";

    private readonly string _owner = management.NextOwner();

    /// <summary>Every request that has a body, with its length and in chunks.</summary>
    public static MatrixTheoryData<string, bool> Changes => new(["POST ", "PATCH /{id}", "POST /{id}/rotate", SelfRotation], [false, true]);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"name\"")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("{ \"name\": }")]
    [InlineData("{ \"name\": \"n\", }")]
    [InlineData("{} {}")]
    [InlineData("{ /* n */ }")]
    [InlineData("{ 'name': 'n' }")]
    [InlineData("{ \"\\ud800\": 1 }")]
    public async Task What_is_no_JSON_object_is_refused(string body)
    {
        var app = management.App;

        using var response = await app.CreateAsync(await app.SignInAsync(_owner), body);

        await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(0, await app.CountAsync(_owner));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused()
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        foreach (var (start, end) in new[] { ("{ \"name\": \"", "\" }"), ("{ \"", "\": 1 }") })
        {
            using var content = Bytes([.. Encoding.UTF8.GetBytes(start), 0xFF, 0xC0, .. Encoding.UTF8.GetBytes(end)]);

            using var response = await app.PostAsync(Management.Path, cookie: cookie, content: content);

            await response.ProblemAsync(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        var app = management.App;
        var body = $$"""{ "name": {{new string('[', 5_000)}}{{new string(']', 5_000)}} }""";

        using var response = await app.CreateAsync(await app.SignInAsync(_owner), body);

        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_body_over_16_KiB_is_413_and_changes_nothing(string change, bool isChunked)
    {
        await using var app = await SelfRotations.StartAsync();
        var token = await app.CreateTokenAsync(TestApp.Alice, ["read"]);

        using var response = await SendAsync(app, change, token, 16 * 1024 + 1, isChunked);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(1, await app.CountAsync());
        Assert.Equivalent(token.Token, await app.Manager.FindAsync(token.Token!.Id), strict: true);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_body_of_16_KiB_is_taken(string change, bool isChunked)
    {
        await using var app = await SelfRotations.StartAsync();
        var token = await app.CreateTokenAsync(TestApp.Alice, ["read"]);

        using var response = await SendAsync(app, change, token, 16 * 1024, isChunked);

        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain; application/json")]
    [InlineData("application/jsonx")]
    [InlineData("not a type")]
    public async Task Another_content_type_or_none_is_415(string? contentType)
    {
        var app = management.App;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Management.Good));
        if (contentType is not null)
        {
            Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", contentType));
        }

        using var response = await app.PostAsync(Management.Path, cookie: await app.SignInAsync(_owner), content: content);

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal(0, await app.CountAsync(_owner));
    }

    [Fact]
    public async Task No_body_at_all_is_415()
    {
        var app = management.App;

        using var response = await app.PostAsync(Management.Path, cookie: await app.SignInAsync(_owner));

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_charset_beside_the_content_type_is_no_fault()
    {
        var app = management.App;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Management.Good));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("Application/JSON; charset=\"utf-8\"");

        using var response = await app.PostAsync(Management.Path, cookie: await app.SignInAsync(_owner), content: content);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private static ByteArrayContent Bytes(byte[] bytes) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>Asks for a change in a body that is filled up with spaces: a token for one to itself, else the session of its owner.</summary>
    private static async Task<HttpResponseMessage> SendAsync(TestApp app, string change, PersonalAccessTokenResult token, int length, bool isChunked)
    {
        var (method, path) = change.Split(' ') is [var verb, var rest] ? (verb, rest) : throw new ArgumentException("No change.", nameof(change));
        var body = method == "PATCH" ? """{ "name": "renamed" }""" : path.Length == 0 ? Management.Good : "{}";
        path = path.Replace("{id}", PersonalAccessTokenFormat.FormatId(token.Token!.Id), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), Management.Path + path) { Content = Bytes(Encoding.UTF8.GetBytes(body.PadRight(length))) };
        request.Headers.TransferEncodingChunked = isChunked;
        var (name, value) = change == SelfRotation ? ("Authorization", $"Bearer {token.Value}") : ("Cookie", await app.SignInAsync());
        request.Headers.Add(name, value);
        return await app.Client.SendAsync(request);
    }
}
