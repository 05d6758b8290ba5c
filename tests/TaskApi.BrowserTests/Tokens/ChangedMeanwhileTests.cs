using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>Two tabs with the same token: what the second one shows is no longer true.</summary>
public sealed class ChangedMeanwhileTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_edit_of_what_was_changed_meanwhile_is_told_so_and_keeps_what_was_typed(bool javaScript)
    {
        var (visitor, first) = await OpenInTwoTabsAsync(javaScript);
        await visitor.BeginAsync("Edit", "Laptop");
        await visitor.TypeAsync("Name", "Desktop");
        await EditInAsync(visitor, first, "Notebook");

        await visitor.PressAsync("Save");

        await visitor.IsToldAsync("The token was changed meanwhile");
        await visitor.IsToldAsync("Notebook");
        await Assertions.Expect(visitor.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Desktop");
        if (javaScript)
        {
            await visitor.AssertUsableByAllAsync();
        }

        await visitor.PressAsync("Save");
        await visitor.SeesTokensAsync();
        await Assertions.Expect(visitor.Row("Desktop")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_rotation_of_what_was_rotated_meanwhile_makes_no_value()
    {
        var (visitor, first) = await OpenInTwoTabsAsync();
        await visitor.BeginAsync("Rotate", "Laptop");
        await Assertions.Expect(visitor.Dialog()).ToBeVisibleAsync();
        var second = visitor.Page;
        visitor.TurnTo(first);
        await visitor.BeginAsync("Rotate", "Laptop");
        await visitor.PressAsync("Rotate token");
        await visitor.SeesAsync("The new value of “Laptop”");
        visitor.TurnTo(second);

        await visitor.PressAsync("Rotate token");

        await visitor.SeesAsync("“Laptop” was changed meanwhile");
        await Assertions.Expect(visitor.Page.GetByLabel("Token", new() { Exact = true })).ToHaveCountAsync(0);
        await visitor.AssertUsableByAllAsync();
    }

    [Fact]
    public async Task A_revocation_of_what_was_renamed_meanwhile_asks_again()
    {
        var (visitor, first) = await OpenInTwoTabsAsync();
        await visitor.BeginAsync("Revoke", "Laptop");
        await Assertions.Expect(visitor.Dialog()).ToBeVisibleAsync();
        await EditInAsync(visitor, first, "Production");

        await visitor.PressAsync("Revoke token");

        await visitor.SeesAsync("Revoke “Production”?");
        await visitor.IsToldAsync("The token was changed meanwhile, and is not revoked.");
        await visitor.AssertUsableByAllAsync();
        await visitor.OpenTokensAsync();
        await Assertions.Expect(visitor.Row("Production")).ToContainTextAsync("Active");
    }

    [Fact]
    public async Task A_token_that_was_revoked_meanwhile_can_not_be_edited()
    {
        var (visitor, first) = await OpenInTwoTabsAsync();
        await visitor.BeginAsync("Edit", "Laptop");
        await Assertions.Expect(visitor.Dialog()).ToBeVisibleAsync();
        var second = visitor.Page;
        visitor.TurnTo(first);
        await visitor.BeginAsync("Revoke", "Laptop");
        await visitor.PressAsync("Revoke token");
        await Assertions.Expect(visitor.Row("Laptop")).ToContainTextAsync("Revoked");
        visitor.TurnTo(second);

        await visitor.PressAsync("Save");

        await visitor.SeesAsync("This token can't be changed");
        await visitor.AssertUsableByAllAsync();
    }

    [Fact]
    public async Task A_token_of_somebody_else_is_not_there()
    {
        var owner = await VisitSignedInAsync();
        await owner.CreateTokenAsync("Laptop", "read");
        await owner.FollowAsync("I have stored it");
        var address = await owner.Page.GetByRole(AriaRole.Link, new() { Name = "Edit Laptop" }).GetAttributeAsync("href");
        var visitor = await VisitSignedInAsync();

        Assert.Equal(404, await visitor.GoToAsync(address!));

        await visitor.SeesAsync("No such token");
        await visitor.AssertUsableByAllAsync();
    }

    /// <summary>The list with one token, in two tabs. The second is in use.</summary>
    private async Task<(Visitor Visitor, IPage First)> OpenInTwoTabsAsync(bool javaScript = true)
    {
        var visitor = await VisitSignedInAsync(options => options.JavaScriptEnabled = javaScript);
        await visitor.CreateTokenAsync("Laptop", "read");
        await visitor.OpenTokensAsync();
        var first = await visitor.OpenTabAsync();
        await visitor.OpenTokensAsync();
        return (visitor, first);
    }

    /// <summary>Gives the token another name in the other tab, and comes back.</summary>
    private static async Task EditInAsync(Visitor visitor, IPage other, string name)
    {
        var own = visitor.Page;
        visitor.TurnTo(other);
        await visitor.BeginAsync("Edit", "Laptop");
        await visitor.TypeAsync("Name", name);
        await visitor.PressAsync("Save");
        await Assertions.Expect(visitor.Row(name)).ToBeVisibleAsync();
        visitor.TurnTo(own);
    }
}
