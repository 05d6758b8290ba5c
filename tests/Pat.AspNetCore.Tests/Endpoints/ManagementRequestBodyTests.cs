using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Pat.AspNetCore.Tests;

/// <summary>Bodies that are refused for what they are, before anybody asks what is in them.</summary>
public sealed class ManagementRequestBodyTests(ManagementApp management) : IClassFixture<ManagementApp>
{
    private readonly string _owner = management.NextOwner();

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
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_16_KiB_is_413(bool isChunked)
    {
        var app = management.App;
        using var content = Bytes(Encoding.UTF8.GetBytes(Management.Good.PadRight((16 * 1024) + 1)));

        using var response = await SendAsync(app, content, isChunked);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(0, await app.CountAsync(_owner));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_16_KiB_is_taken(bool isChunked)
    {
        var app = management.App;
        using var content = Bytes(Encoding.UTF8.GetBytes(Management.Good.PadRight(16 * 1024)));

        using var response = await SendAsync(app, content, isChunked);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
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

    private async Task<HttpResponseMessage> SendAsync(TestApp app, HttpContent content, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Management.Path) { Content = content };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.Add("Cookie", await app.SignInAsync(_owner));
        return await app.Client.SendAsync(request);
    }
}
