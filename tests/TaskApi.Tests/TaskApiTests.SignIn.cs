using System.Net;
using System.Text.RegularExpressions;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>Signing in and out with a browser.</summary>
public abstract partial class TaskApiTests
{
    [Fact]
    public async Task Somebody_who_is_not_signed_in_is_led_to_the_sign_in_page()
    {
        var response = await application.CreateClient().GetAsync("/profile");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/signin?ReturnUrl=%2Fprofile", response.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task The_sign_in_page_leads_back_to_where_one_was_going()
    {
        var browser = application.CreateClient();

        var response = await SubmitSignInAsync(browser, "alice@example.com", Caller.Password, "/profile?from=test");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/profile?from=test", response.Headers.Location?.OriginalString);
        Assert.Contains("alice@example.com", await browser.GetStringAsync("/profile"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("elsewhere")]
    [InlineData("")]
    public async Task The_sign_in_page_leads_to_no_other_site(string returnUrl)
    {
        var response = await SubmitSignInAsync(application.CreateClient(), "alice@example.com", Caller.Password, returnUrl);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/tasks", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_command_on_the_sign_in_page_is_one_that_the_manual_shows()
    {
        var page = await application.CreateClient().GetStringAsync("/signin");
        var manual = await File.ReadAllLinesAsync(Repository.PathOf("docs/clients.md"));

        var command = WebUtility.HtmlDecode(Regex.Match(page, "<pre>(.*)</pre>").Groups[1].Value);

        Assert.Contains(command, manual);
    }

    [Fact]
    public async Task A_wrong_password_is_told_on_the_page()
    {
        var response = await SubmitSignInAsync(application.CreateClient(), "alice@example.com", "wrong", "/profile");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("is not right", page, StringComparison.Ordinal);
        Assert.Contains("value=\"/profile\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", response.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/signout")]
    public async Task A_form_from_another_site_is_refused(string path)
    {
        var caller = await application.SignInAsync("bob@example.com");

        var response = await caller.Http.PostAsync(
            path, Form(("email", "bob@example.com"), ("password", Caller.Password)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await caller.Http.GetAsync("/profile")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var browser = application.CreateClient();
        await SubmitSignInAsync(browser, "bob@example.com", Caller.Password, "/profile");
        var antiforgery = AntiforgeryToken(await browser.GetStringAsync("/profile"));

        var response = await browser.PostAsync("/signout", Form(("__RequestVerificationToken", antiforgery)));

        Assert.Equal("/signin", response.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/profile")).StatusCode);
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/tasks")]
    [InlineData("/profile")]
    public async Task The_pages_load_nothing_from_elsewhere_and_need_no_script(string path)
    {
        var caller = await application.SignInAsync("alice@example.com");

        var page = await caller.Http.GetStringAsync(path);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        foreach (Match source in Regex.Matches(page, "(?:href|src|action)=\"([^\"]*)\""))
        {
            Assert.Matches("^[/#]", source.Groups[1].Value);
        }

        Assert.Equal("text/css", (await caller.Http.GetAsync("/app.css")).Content.Headers.ContentType?.MediaType);
    }

    private static async Task<HttpResponseMessage> SubmitSignInAsync(HttpClient browser, string email, string password, string returnUrl)
    {
        var page = await browser.GetStringAsync($"/signin?ReturnUrl={Uri.EscapeDataString(returnUrl)}");
        return await browser.PostAsync("/signin", Form(
            ("__RequestVerificationToken", AntiforgeryToken(page)),
            ("email", email),
            ("password", password),
            ("returnUrl", returnUrl)));
    }

    private static string AntiforgeryToken(string page) =>
        Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));
}
