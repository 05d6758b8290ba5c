using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>The settings page without a mouse.</summary>
public sealed class KeyboardTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Fact]
    public async Task A_token_is_created_and_revoked_by_keyboard_alone()
    {
        var visitor = await VisitSignedInAsync();
        var page = visitor.Page;
        await visitor.OpenTokensAsync();

        await visitor.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "New token" }));
        await page.Keyboard.PressAsync("Enter");
        await visitor.SeesAsync("New token");
        await visitor.TabToAsync(page.GetByLabel("Name", new() { Exact = true }));
        await page.Keyboard.TypeAsync("Laptop");
        await visitor.TabToAsync(page.GetByLabel("read", new() { Exact = true }));
        await page.Keyboard.PressAsync("Space");
        await visitor.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Create token" }));
        await page.Keyboard.PressAsync("Enter");
        await visitor.SeesAsync("Your new token");

        await visitor.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }));
        await visitor.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "I have stored it" }));
        await page.Keyboard.PressAsync("Enter");
        await visitor.SeesTokensAsync();

        await visitor.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "Revoke Laptop" }));
        await page.Keyboard.PressAsync("Enter");
        await visitor.TabToAsync(visitor.Dialog().GetByRole(AriaRole.Button, new() { Name = "Revoke token" }));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Row("Laptop")).ToContainTextAsync("Revoked");
    }

    [Fact]
    public async Task A_dialog_has_the_focus_ends_with_Escape_and_gives_the_focus_back()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.CreateTokenAsync("Laptop", "read");
        await visitor.FollowAsync("I have stored it");
        var link = visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Edit Laptop" });
        await visitor.TabToAsync(link);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Dialog()).ToBeVisibleAsync();
        Assert.True(await visitor.Dialog().EvaluateAsync<bool>("dialog => dialog.contains(document.activeElement)"));

        await visitor.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(visitor.Dialog()).ToHaveCountAsync(0);
        await Assertions.Expect(link).ToBeFocusedAsync();
    }
}
