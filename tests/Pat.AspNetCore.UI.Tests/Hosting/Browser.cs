using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Parser;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>
/// What a browser without scripts does: it keeps cookies, sends a form's fields as they stand, and asks for what a link
/// names. Redirects are followed only where a test says so.
/// </summary>
internal sealed class Browser(Uri address) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _client;

    /// <summary>What it says its languages are, or null.</summary>
    public string? Language { get; set; }

    public CookieContainer Cookies => _cookies;

    private HttpClient Client => _client ??= new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = _cookies,
        MaxConnectionsPerServer = 64,
    })
    {
        BaseAddress = address,
    };

    /// <summary>The same cookies at another node.</summary>
    public Browser At(PageApp node)
    {
        var other = new Browser(node.Address);
        other._cookies.Add(_cookies.GetAllCookies());
        return other;
    }

    public async Task SignInAsync(string user = PageApp.Alice, string claims = "")
    {
        var answer = await GetAsync($"/sign-in?user={user}&claims={Uri.EscapeDataString(claims)}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    public Task<WebPage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Sends a form as it stands, with what is typed into it.</summary>
    public Task<WebPage> SubmitAsync(WebPage page, params (string Name, string? Value)[] typed)
    {
        var form = page.PostForm;
        return SendAsync(HttpMethod.Post, form.GetAttribute("action")!, new FormUrlEncodedContent(FormFields.Of(form, typed)));
    }

    /// <summary>Opens a page, fills in its form and sends it.</summary>
    public async Task<WebPage> SubmitAsync(string path, params (string Name, string? Value)[] typed)
    {
        var page = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return await SubmitAsync(page, typed);
    }

    /// <summary>Asks for the page that an answer sends to.</summary>
    public Task<WebPage> FollowAsync(WebPage answer)
    {
        Assert.True(answer.Status is HttpStatusCode.SeeOther or HttpStatusCode.Found, $"{answer.Status} is no redirect.");
        return GetAsync(answer.Header("Location")!);
    }

    public async Task<WebPage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        if (Language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(Language);
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await Client.SendAsync(request);
        var html = await response.Content.ReadAsStringAsync();
        return new WebPage(
            response.StatusCode,
            response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase),
            html,
            new HtmlParser().ParseDocument(html));
    }

    public void Dispose() => _client?.Dispose();
}
