using System.Net;
using System.Text;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>Row 35 of the known failures: nothing happens at the word of a form that this session was not shown.</summary>
public sealed class ForgedFormTests
{
    private const string TokenField = "__RequestVerificationToken";

    public static TheoryData<string> Routes => new("/new", "/{0}/edit", "/{0}/rotate", "/{0}/revoke", "/revoke-all");

    public static TheoryData<string, string> RoutesAndBodies
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var route in Routes)
            {
                foreach (var body in new[] { "none", "empty", "form", "multipart", "text", "json", "broken multipart", "huge" })
                {
                    data.Add(route.Data, body);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(RoutesAndBodies))]
    public async Task Row_35_What_another_site_can_send_does_nothing(string route, string body)
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        using var browser = await app.SignInAsync();
        var path = PageApp.Path + string.Format(null, route, PersonalAccessTokenFormat.FormatId(token.Id));

        var page = await browser.SendAsync(
            HttpMethod.Post, path, Content(body), ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"));

        await AssertNothingDoneAsync(app, token, page);
    }

    [Theory]
    [InlineData("/new")]
    [InlineData("/{0}/edit")]
    [InlineData("/{0}/rotate")]
    public async Task Row_35_What_another_site_has_filled_in_does_not_come_back_as_typed(string route)
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        using var browser = await app.SignInAsync();
        using var forged = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("name", "FORGED"), KeyValuePair.Create("scopes", "write"), KeyValuePair.Create("version", "77"),
            KeyValuePair.Create("overlap", "86400"),
        ]);
        var asked = await browser.GetAsync(PathOf(route, token));

        var page = await browser.SendAsync(
            HttpMethod.Post, PathOf(route, token), forged, ("Origin", "https://other.example"), ("Sec-Fetch-Site", "same-site"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.DoesNotContain("FORGED", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(FormFields.Of(page.PostForm), field => field.Value is "77" or "86400");
        Assert.DoesNotContain(
            FormFields.Of(page.PostForm).Except(FormFields.Of(asked.PostForm)), field => field is { Key: "scopes", Value: "write" });
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Row_35_A_form_without_its_antiforgery_token_does_nothing(string route)
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(PathOf(route, token), ("name", "other"), ("scopes", "write"), (TokenField, null));

        await AssertNothingDoneAsync(app, token, page);
        Assert.StartsWith("This form is too old, or was opened before you signed in.", page.Alert, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Row_35_The_antiforgery_token_of_another_user_does_nothing(string route)
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        using var browser = await app.SignInAsync(PageApp.Bob);
        var bobs = (await browser.GetAsync($"{PageApp.Path}/new")).Body.QuerySelector($"[name={TokenField}]")!.GetAttribute("value");
        await browser.SignInAsync();

        var page = await browser.SubmitAsync(PathOf(route, token), ("name", "other"), ("scopes", "write"), (TokenField, bobs));

        await AssertNothingDoneAsync(app, token, page);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Row_35_The_antiforgery_token_of_another_session_does_nothing(string route)
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        using var first = await app.SignInAsync();
        using var second = await app.SignInAsync();
        var firsts = (await first.GetAsync($"{PageApp.Path}/new")).Body.QuerySelector($"[name={TokenField}]")!.GetAttribute("value");

        var page = await second.SubmitAsync(PathOf(route, token), ("name", "other"), ("scopes", "write"), (TokenField, firsts));

        await AssertNothingDoneAsync(app, token, page);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task The_page_that_says_so_holds_a_form_that_works(string route)
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        using var browser = await app.SignInAsync();

        var refused = await browser.SubmitAsync(PathOf(route, token), ("name", "other"), ("scopes", "write"), (TokenField, "x"));
        var done = await browser.SubmitAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True(done.Status is HttpStatusCode.OK or HttpStatusCode.SeeOther, $"{done.Status} {done.Html}");
    }

    [Fact]
    public async Task A_form_in_chunks_without_its_length_is_a_form()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var form = (await browser.GetAsync($"{PageApp.Path}/new")).PostForm;
        using var encoded = new FormUrlEncodedContent(FormFields.Of(form, ("name", "laptop"), ("scopes", "read")));
        using var chunked = new StreamContent(new Unmeasured(await encoded.ReadAsStreamAsync()));
        chunked.Headers.ContentType = encoded.Headers.ContentType;

        var page = await browser.SendAsync(HttpMethod.Post, $"{PageApp.Path}/new", chunked);

        Assert.NotNull(page.Value);
    }

    private static string PathOf(string route, PersonalAccessToken token) =>
        PageApp.Path + string.Format(null, route, PersonalAccessTokenFormat.FormatId(token.Id));

    private static async Task AssertNothingDoneAsync(PageApp app, PersonalAccessToken token, WebPage page)
    {
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Null(page.Value);
        var after = Assert.Single(await app.TokensAsync());
        Assert.Equal((token.Id, 1L, "laptop", null), (after.Id, after.Version, after.Name, after.RevokedAt));
    }

    private static HttpContent? Content(string body) => body switch
    {
        "none" => null,
        "empty" => new StringContent("", Encoding.UTF8, "application/x-www-form-urlencoded"),
        "form" => new FormUrlEncodedContent([KeyValuePair.Create("name", "x"), KeyValuePair.Create("scopes", "write"), KeyValuePair.Create("version", "1")]),
        "multipart" => new MultipartFormDataContent { { new StringContent("1"), "version" } },
        "text" => new StringContent("version=1&scopes=write", Encoding.UTF8, "text/plain"),
        "json" => new StringContent("""{ "version": 1, "name": "x" }""", Encoding.UTF8, "application/json"),
        "broken multipart" => new StringContent("--", Encoding.UTF8, "multipart/form-data"),
        _ => new FormUrlEncodedContent([KeyValuePair.Create("name", new string('x', 100_000))]),
    };

    /// <summary>A stream that does not know how long it is.</summary>
    private sealed class Unmeasured(Stream stream) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => stream.Read(buffer, offset, count);

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
