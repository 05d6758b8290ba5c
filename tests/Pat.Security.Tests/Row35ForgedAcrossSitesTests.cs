using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Security.Tests;

/// <summary>
/// Row 35. A change would be forged across sites; this one is ours to prevent. Every unsafe request has to be JSON and to come from here: a
/// foreign Origin or Sec-Fetch-Site is refused, whatever the cookie.
/// </summary>
/// <remarks>
/// Further evidence: ForgedFormTests of the page (Pat.AspNetCore.UI.Tests).
/// </remarks>
public sealed class Row35ForgedAcrossSitesTests
{
    private const string Allowed = "https://app.example.com";

    public static TheoryData<string, string> ForeignHeaders => new()
    {
        { "Origin", "https://evil.example" },
        { "Origin", "null" },
        { "Origin", "" },
        { "Origin", "file://" },
        { "Origin", "http://127.0.0.1" },
        { "Origin", "http://127.0.0.1:1" },
        { "Origin", "http://evil.example/127.0.0.1" },
        { "Origin", "https://app.example.com.evil.example" },
        { "Origin", "https://app.example.com, https://evil.example" },
        { "Sec-Fetch-Site", "cross-site" },
        { "Sec-Fetch-Site", "same-site" },
        { "Sec-Fetch-Site", "unheard-of" },
        { "Sec-Fetch-Site", "" },
        { "Sec-Fetch-Site", "same-origin, cross-site" },
    };

    public static TheoryData<string> SimpleBodies =>
        new("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x");

    [Theory]
    [MemberData(nameof(ForeignHeaders))]
    public async Task Row_35_An_unsafe_request_from_elsewhere_is_refused_and_writes_nothing(string header, string value)
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");

        foreach (var route in SessionRoutes.Unsafe(id))
        {
            using var response = await app.SendAsync(route, cookie, (header, value));
            await response.ProblemAsync(HttpStatusCode.Forbidden);
        }

        await AssertNothingWrittenAsync(app, cookie, id);
    }

    [Theory]
    [MemberData(nameof(SimpleBodies))]
    public async Task Row_35_A_simple_request_is_refused_whatever_it_says_of_its_origin(string contentType)
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");
        foreach (var headers in new (string, string)[][]
        {
            [], [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")], [("Origin", "null")],
            [("Origin", "https://evil.example")], [("Sec-Fetch-Site", "same-origin")],
        })
        {
            var isForeign = headers is not ([] or [(_, "same-origin")]);

            // A browser sends PATCH and DELETE for a page of its own site alone, unless it is told otherwise. DELETE has
            // no body, so what says nothing of where it comes from comes from a script.
            foreach (var (method, path, body, _) in SessionRoutes.Unsafe(id).Where(route => route.Body is not null || isForeign))
            {
                using var content = contentType.Length == 0 ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? "{}"));
                content?.Headers.TryAddWithoutValidation("Content-Type", contentType);

                using var response = await app.SendAsync(method, path, cookie, content, headers);

                await response.ProblemAsync(isForeign ? HttpStatusCode.Forbidden : HttpStatusCode.UnsupportedMediaType);
            }
        }

        await AssertNothingWrittenAsync(app, cookie, id);
    }

    [Fact]
    public async Task Row_35_A_token_is_not_made_to_revoke_or_rotate_itself_by_another_site()
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");

        using var revocation = await app.SendAsync(
            HttpMethod.Delete, $"{Management.Path}/self", null, null,
            ("Authorization", $"Bearer {token}"), ("Origin", "https://evil.example"));
        using var rotation = await app.SendAsync(
            HttpMethod.Post, $"{Management.Path}/self/rotate", null, Management.Json("{}"),
            ("Authorization", $"Bearer {token}"), ("Sec-Fetch-Site", "cross-site"));
        using var afterwards = await app.GetAsync($"{Management.Path}/self", token);

        await revocation.ProblemAsync(HttpStatusCode.Forbidden);
        await rotation.ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal("\"1\"", afterwards.Headers.ETag?.ToString());
    }

    [Theory]
    [InlineData(null, "same-origin")]
    [InlineData(null, "none")]
    [InlineData("http://{host}", null)]
    [InlineData("http://{host}", "same-origin")]
    [InlineData("https://{host}", "same-origin")]
    [InlineData(Allowed, null)]
    [InlineData(Allowed, "cross-site")]
    [InlineData(Allowed, "same-site")]
    [InlineData("HTTPS://APP.EXAMPLE.COM", "cross-site")]
    public async Task Row_35_The_site_itself_and_allowed_origins_pass(string? origin, string? site)
    {
        await using var app = await StartAsync();
        var headers = new List<(string, string)>();
        if (origin is not null)
        {
            headers.Add(("Origin", origin.Replace("{host}", app.Client.BaseAddress!.Authority, StringComparison.Ordinal)));
        }

        if (site is not null)
        {
            headers.Add(("Sec-Fetch-Site", site));
        }

        using var response = await app.SendAsync(
            HttpMethod.Post, Management.Path, await app.SignInAsync(), Management.Json(Management.Good), [.. headers]);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Row_35_Reading_from_elsewhere_is_left_to_the_browsers_own_rules()
    {
        await using var app = await StartAsync();

        using var response = await app.SendAsync(
            HttpMethod.Get, Management.Path, await app.SignInAsync(), null,
            ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("https://evil.example\u001b[31m")]
    [InlineData("https://evil.example\tINJECTED")]
    [InlineData("https://evil.example/%0D%0AINJECTED")]
    [InlineData("https://evil%0D%0AINJECTED.example")]
    [InlineData("x://evil%0D%0AINJECTED")]
    [InlineData("x://evil\u0085INJECTED")]
    [InlineData("x://evil\u0001\u007f")]
    [InlineData("http://[::1%25\u0001]")]
    [InlineData("https://ev\u2028il.example")]
    [InlineData("https://ev\u202eil.example")]
    public async Task Row_35_What_is_logged_of_an_origin_has_no_control_characters(string origin)
    {
        await using var app = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Management.Path}/0000000000000000000001");
        request.Headers.Add("Cookie", await app.SignInAsync());
        request.Headers.TryAddWithoutValidation("Origin", origin);
        using var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 })
        {
            BaseAddress = app.Client.BaseAddress,
        };

        using var response = await client.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.Forbidden);
        var record = Assert.Single(app.Logs.GetSnapshot(), record => record.Id.Id == 501);
        Assert.DoesNotContain(record.Message, character => char.IsControl(character) || character is '\u2028' or '\u202e');
    }

    private static Task<TestApp> StartAsync() => Management.StartAsync(services: builder => builder.Services
        .Configure<PersonalAccessTokenManagementOptions>(options =>
        {
            options.AllowedOrigins.Add(Allowed);
            options.AllowSelfRotation = true;
        }));

    private static async Task AssertNothingWrittenAsync(TestApp app, string cookie, string id)
    {
        Assert.Equal(1, await app.CountAsync());
        using var response = await app.GetAsync($"{Management.Path}/{id}", cookie: cookie);
        Assert.Equal("active", (await response.ObjectAsync()).Text("status"));
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
    }
}
