using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>What the list says, and that every state of the page is for everybody.</summary>
public sealed class TokenStatesTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Fact]
    public async Task The_state_of_each_token_is_a_word()
    {
        var person = await Application.RegisterAsync();
        var visitor = await VisitSignedInAsync(person);
        foreach (var name in (string[])["Active", "Ending", "Expired", "Idle", "Forgotten", "Revoked"])
        {
            await visitor.CreateTokenAsync($"{name} one", "read");
        }

        await MakeAsync(person, "Ending one", now => now.AddDays(2), now => now);
        await MakeAsync(person, "Expired one", now => now.AddDays(-1), now => now);
        await MakeAsync(person, "Idle one", now => now.AddDays(30), now => now.AddDays(-363));
        await MakeAsync(person, "Forgotten one", now => now.AddDays(30), now => now.AddDays(-366));
        await visitor.OpenTokensAsync();
        await visitor.BeginAsync("Revoke", "Revoked one");
        await visitor.PressAsync("Revoke token");

        await SeesStateAsync(visitor, "Active one", "Active");
        await SeesStateAsync(visitor, "Ending one", "Expires soon");
        await SeesStateAsync(visitor, "Expired one", "Expired");
        await SeesStateAsync(visitor, "Idle one", "Inactive soon");
        await SeesStateAsync(visitor, "Forgotten one", "Inactive");
        await SeesStateAsync(visitor, "Revoked one", "Revoked");
        await visitor.AssertUsableByAllAsync();
    }

    [Fact]
    public async Task Every_page_and_dialog_is_usable_by_all()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.OpenTokensAsync();
        await Assertions.Expect(visitor.Page.GetByText("You have no tokens.")).ToBeVisibleAsync();
        await visitor.AssertUsableByAllAsync();

        await visitor.OpenNewTokenAsync();
        await visitor.AssertUsableByAllAsync();

        await visitor.CreateTokenAsync("Laptop", "read", "write");
        await visitor.AssertUsableByAllAsync();

        foreach (var action in (string[])["Edit", "Rotate", "Revoke"])
        {
            await visitor.OpenTokensAsync();
            var page = await visitor.Page.GetByRole(AriaRole.Link, new() { Name = $"{action} Laptop" }).GetAttributeAsync("href");
            await visitor.BeginAsync(action, "Laptop");
            await Assertions.Expect(visitor.Dialog()).ToBeVisibleAsync();
            await visitor.AssertUsableByAllAsync();
            await visitor.GoToAsync(page!);
            await visitor.AssertUsableByAllAsync();
        }
    }

    [Fact]
    public async Task All_tokens_are_revoked_at_once()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.CreateTokenAsync("Laptop", "read");
        await visitor.CreateTokenAsync("Desktop", "read");
        await visitor.OpenTokensAsync();

        await visitor.FollowAsync("Revoke all");
        await Assertions.Expect(visitor.Dialog()).ToContainTextAsync("Tokens that work now: 2.");
        await visitor.AssertUsableByAllAsync();
        await visitor.PressAsync("Revoke all tokens");

        await SeesStateAsync(visitor, "Laptop", "Revoked");
        await SeesStateAsync(visitor, "Desktop", "Revoked");
    }

    [Fact]
    public async Task The_list_is_searched_sorted_and_paged()
    {
        var visitor = await VisitSignedInAsync();
        for (var i = 1; i <= 11; i++)
        {
            await visitor.CreateTokenAsync($"Token {i:00}", "read");
        }

        await visitor.OpenTokensAsync();
        await visitor.HasTokensAsync(10);
        await visitor.AssertUsableByAllAsync();
        await visitor.FollowAsync("Next");
        await visitor.HasTokensAsync(1);
        await Assertions.Expect(visitor.Row("Token 01")).ToBeVisibleAsync();

        await visitor.OpenTokensAsync();
        await visitor.FollowAsync("Name");
        await Assertions.Expect(visitor.Page.Locator("[data-pat-token]").First).ToContainTextAsync("Token 01");

        await visitor.TypeAsync("Search by name or id", "TOKEN 07");
        await visitor.PressAsync("Show");
        await visitor.HasTokensAsync(1);
        await Assertions.Expect(visitor.Row("Token 07")).ToBeVisibleAsync();

        await visitor.TypeAsync("Search by name or id", "nothing");
        await visitor.PressAsync("Show");
        await Assertions.Expect(visitor.Page.GetByText("No token matches.")).ToBeVisibleAsync();
        await visitor.AssertUsableByAllAsync();
    }

    private static Task SeesStateAsync(Visitor visitor, string name, string state) =>
        Assertions.Expect(visitor.Row(name).GetByText(state, new() { Exact = true })).ToBeVisibleAsync();

    private Task MakeAsync(
        Person person, string name, Func<DateTimeOffset, DateTimeOffset> expires, Func<DateTimeOffset, DateTimeOffset> used)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (createdAt, expiresAt, usedAt) = (now.AddDays(-400), expires(now), used(now));
        return Application.ChangeTokensAsync(person, tokens => tokens.Where(token => token.Name == name).ExecuteUpdateAsync(
            set => set.SetProperty(token => token.CreatedAt, createdAt)
                .SetProperty(token => token.ExpiresAt, expiresAt).SetProperty(token => token.LastUsedAt, usedAt)));
    }
}
