using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Pat.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>Row 30 of the known failures, for the page: a store that does not answer is 503, and nothing is claimed.</summary>
public sealed class OutageTests
{
    public static TheoryData<string> Outages => new("database", "wrapped", "timeout", "unavailable");

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Row_30_A_page_that_can_not_be_read_says_so_and_nothing_of_the_tokens(string outage)
    {
        await using var app = await PageApp.StartAsync();
        await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();
        app.Store.Fail(Fault(outage));

        var page = await browser.GetAsync(PageApp.Path);

        AssertOutage(page);
        Assert.Equal("The database does not answer, so nothing can be said about your tokens. Try again in a few seconds.", page.Alert);
        var entry = Assert.Single(app.Logs.GetSnapshot(), entry => entry.Level == LogLevel.Error);
        Assert.Equal(520, entry.Id.Id);
        Assert.DoesNotContain(app.Logs.GetSnapshot(), static entry => entry.Id.Id == 504);
    }

    [Theory]
    [InlineData("/new")]
    [InlineData("/{0}/edit")]
    [InlineData("/{0}/rotate")]
    [InlineData("/{0}/revoke")]
    [InlineData("/revoke-all")]
    public async Task Row_30_A_change_that_may_have_happened_is_not_said_to_have_happened_or_not(string route)
    {
        await using var app = await PageApp.StartAsync();
        var id = PersonalAccessTokenFormat.FormatId((await app.CreateTokenAsync()).Token!.Id);
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(PageApp.Path + string.Format(null, route, id));
        app.Store.Fail();

        var page = await browser.SubmitAsync(form, ("name", "other"), ("scopes", "read"));

        AssertOutage(page);
        Assert.StartsWith("The database does not answer, so we can't tell whether your change was made.", page.Alert, StringComparison.Ordinal);
        AssertChangeTold(app);
        app.Store.Recover();
        Assert.Equal(1, Assert.Single(await app.TokensAsync()).Version);
    }

    [Fact]
    public async Task A_form_that_came_to_nothing_in_an_outage_can_be_sent_again()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync($"{PageApp.Path}/new");
        app.Store.Fail(nameof(IPersonalAccessTokenStore.AddAsync));
        var outage = await browser.SubmitAsync(form, ("name", "laptop"), ("scopes", "read"));
        app.Store.Recover();

        var again = await browser.SubmitAsync(form, ("name", "laptop"), ("scopes", "read"));

        AssertOutage(outage);
        Assert.NotNull(again.Value);
        Assert.Single(await app.TokensAsync());
    }

    [Fact]
    public async Task Where_there_is_no_room_to_hash_nothing_was_changed_and_nothing_is_said_of_the_database()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = SecretHashers.SmallArgon2id });
        var held = await HeldHashRoom.HoldForLongAsync(app.HashRoom, app.Time);
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(PageApp.Path + "/new");

        var page = await browser.SubmitAsync(form, ("name", "laptop"), ("scopes", "read"));

        AssertOutage(page);
        Assert.Equal("Too many tokens are being made at the moment, so nothing was changed. Try again in a few seconds.", page.Alert);
        Assert.Single(app.Logs.GetSnapshot(), entry => entry.Id.Id == 521 && entry.Level == LogLevel.Warning);
        await held.ReleaseAsync();
        Assert.Empty(await app.TokensAsync());
    }

    [Fact]
    public async Task Owners_that_can_not_be_asked_for_are_an_outage_too()
    {
        var owners = TestOwners.AliceAndBob();
        await using var app = await PageApp.StartAsync(new() { Owners = owners });
        using var browser = await app.SignInAsync();
        owners.Fault = new HttpRequestException("The directory does not answer.");

        AssertOutage(await browser.GetAsync(PageApp.Path));
    }

    [Theory]
    [InlineData(HostKind.Mvc)]
    [InlineData(HostKind.Blazor)]
    public async Task An_outage_is_told_in_the_application_s_layout(HostKind kind)
    {
        await using var app = await PageApp.StartAsync(new() { Host = kind });
        using var browser = await app.SignInAsync();
        app.Store.Fail();

        var page = await browser.GetAsync(PageApp.Path);

        AssertOutage(page);
        Assert.Contains(Hosts.LayoutMark, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_ours_is_no_outage()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        app.Store.Fail(new InvalidOperationException("A fault."));

        var answer = await browser.GetAsync(PageApp.Path);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.False(answer.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task The_empty_form_for_a_new_token_needs_no_store()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        app.Store.Fail();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{PageApp.Path}/new")).Status);
    }

    [Fact]
    public async Task Those_who_are_turned_away_together_are_not_asked_back_together()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        app.Store.Fail();

        var seconds = new HashSet<int>();
        for (var request = 0; request < 50; request++)
        {
            seconds.Add(RetrySeconds(await browser.GetAsync(PageApp.Path)));
        }

        Assert.All(seconds, wait => Assert.InRange(wait, 1, 5));
        Assert.NotEqual(1, seconds.Count);
    }

    private static int RetrySeconds(WebPage page) => int.Parse(page.Header("Retry-After")!, CultureInfo.InvariantCulture);

    /// <summary>Who asked for a change is told, also where nobody can say what became of it.</summary>
    private static void AssertChangeTold(PageApp app)
    {
        var told = Assert.Single(app.Logs.GetSnapshot(), static entry => entry.Id.Id == 504);
        Assert.StartsWith($"{PageApp.Alice} asked to manage tokens by ", told.Message, StringComparison.Ordinal);
        Assert.EndsWith(", and was answered 503.", told.Message, StringComparison.Ordinal);
    }

    private static void AssertOutage(WebPage page)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.InRange(RetrySeconds(page), 1, 5);
        Assert.Equal("Your tokens can't be reached at the moment", page.Title);
        Assert.Empty(page.Body.QuerySelectorAll("form, table"));
        Assert.DoesNotContain("laptop", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("no tokens", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("SELECT", page.Html, StringComparison.Ordinal);
        Assert.Equal("no-cache, no-store", page.Header("Cache-Control"));
    }

    private static Exception Fault(string outage)
    {
        var database = new SqliteException("no such table: SELECT", 1);
        return outage switch
        {
            "database" => database,
            "wrapped" => new InvalidOperationException("transient", new DbUpdateException("saving", database)),
            "timeout" => new TimeoutException("The operation has timed out."),
            _ => new PersonalAccessTokenUnavailableException("The store does not answer."),
        };
    }
}
