using System.Net;
using Pat.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>A form makes one token, however often it is sent and to whichever node, and its value is shown once.</summary>
public sealed class RepeatedFormTests : IAsyncLifetime
{
    private const string New = $"{PageApp.Path}/new";

    private static readonly (string, string?)[] Good = [("name", "laptop"), ("scopes", "read")];

    private readonly TestDatabase _database = TestDatabase.SqliteFile();
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("pat-keys-");

    [Fact]
    public async Task A_form_sent_again_makes_no_second_token_and_shows_no_value()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(New);
        var value = (await browser.SubmitAsync(form, Good)).Value!;

        var again = await browser.SubmitAsync(form, Good);

        AssertIssuedAlready(again, value);
        Assert.Single(await app.TokensAsync());
    }

    [Fact]
    public async Task Nor_does_it_at_another_node()
    {
        await using var one = await StartNodeAsync();
        await using var other = await StartNodeAsync();
        using var browser = await one.SignInAsync();
        var form = await browser.GetAsync(New);
        using var elsewhere = browser.At(other);
        var value = (await browser.SubmitAsync(form, Good)).Value!;

        var again = await elsewhere.SubmitAsync(form, Good);

        AssertIssuedAlready(again, value);
        Assert.Single(await other.TokensAsync());
    }

    [Fact]
    public async Task A_form_shown_by_one_node_can_be_sent_to_another()
    {
        await using var one = await StartNodeAsync();
        await using var other = await StartNodeAsync();
        using var browser = await one.SignInAsync();
        var form = await browser.GetAsync(New);
        using var elsewhere = browser.At(other);

        Assert.NotNull((await elsewhere.SubmitAsync(form, Good)).Value);
    }

    [Fact]
    public async Task A_form_whose_token_was_revoked_and_removed_makes_none_again_an_hour_later()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(New);
        app.Time.AdvanceWallClock(TimeSpan.FromHours(1));

        var old = await browser.SubmitAsync(form, Good);
        var renewed = await browser.SubmitAsync(old);

        Assert.Equal(HttpStatusCode.BadRequest, old.Status);
        Assert.StartsWith("This form is too old", old.Alert, StringComparison.Ordinal);
        Assert.Equal("laptop", old.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.OK, renewed.Status);
        Assert.Single(await app.TokensAsync());
    }

    [Fact]
    public async Task A_form_is_good_for_almost_an_hour()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(New);
        app.Time.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync(form, Good)).Status);
    }

    [Fact]
    public async Task The_id_of_another_user_s_form_makes_nothing()
    {
        await using var app = await PageApp.StartAsync();
        using var bob = await app.SignInAsync(PageApp.Bob);
        using var alice = await app.SignInAsync();
        var bobs = (await bob.GetAsync(New)).Body.QuerySelector("[name=id]")!.GetAttribute("value");

        var page = await alice.SubmitAsync(New, [.. Good, ("id", bobs)]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(await app.TokensAsync());
        Assert.Empty(await app.TokensAsync(PageApp.Bob));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000000000000000000001")]
    [InlineData("not base64 !")]
    public async Task An_id_that_the_page_did_not_give_makes_nothing(string? id)
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(New, [.. Good, ("id", id)]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(await app.TokensAsync());
    }

    [Fact]
    public async Task An_id_with_one_character_changed_makes_nothing()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(New);
        var id = form.Body.QuerySelector("[name=id]")!.GetAttribute("value")!;

        var page = await browser.SubmitAsync(form, [.. Good, ("id", id[..^4] + (id[^4] == 'A' ? 'B' : 'A') + id[^3..])]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(await app.TokensAsync());
    }

    [Fact]
    public async Task One_form_sent_many_times_at_once_makes_one_token_and_shows_one_value()
    {
        await using var app = await StartNodeAsync();
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(New);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => browser.SubmitAsync(form, Good)));

        Assert.Single(answers, answer => answer.Value is not null);
        Assert.Equal(11, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        Assert.Single(await app.TokensAsync());
    }

    [Fact]
    public async Task Row_26_Many_forms_at_the_limit_make_exactly_as_many_tokens_as_it_allows()
    {
        await using var app = await StartNodeAsync(options => options.MaxTokensPerOwner = 3);
        using var browser = await app.SignInAsync();
        await browser.GetAsync(New);
        var forms = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => browser.GetAsync(New)));

        var answers = await Task.WhenAll(forms.Select(form => browser.SubmitAsync(form, Good)));

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(9, answers.Count(answer => answer.Status == HttpStatusCode.BadRequest));
        Assert.Equal(3, (await app.TokensAsync()).Count);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _keys.Delete(recursive: true);
    }

    private static void AssertIssuedAlready(WebPage page, string value)
    {
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Equal("This token exists already", page.Title);
        Assert.Null(page.Value);
        Assert.DoesNotContain(value, page.Html, StringComparison.Ordinal);
        Assert.StartsWith("“laptop” was created or changed before this form came", page.Alert, StringComparison.Ordinal);
        Assert.EndsWith("/rotate", page.Link("Rotate"), StringComparison.Ordinal);
    }

    private Task<PageApp> StartNodeAsync(Action<PersonalAccessTokenOptions>? tokens = null) =>
        PageApp.StartAsync(new() { Database = _database, Keys = _keys, Tokens = tokens });
}
