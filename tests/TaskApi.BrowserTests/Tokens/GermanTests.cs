using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>The settings page in the browser's language, within an application that speaks only its own.</summary>
public sealed class GermanTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Fact]
    public async Task A_token_is_created_and_revoked_in_German()
    {
        var visitor = await VisitSignedInAsync(options => options.Locale = "de-DE");
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "en-GB");
        await visitor.GoToAsync(TokenSteps.Address);
        await visitor.SeesAsync("Persönliche Zugriffstokens");
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await visitor.AssertUsableByAllAsync();

        await visitor.FollowAsync("Neues Token");
        await visitor.SeesAsync("Neues Token");
        await visitor.TypeAsync("Name", "Übersicht");
        await visitor.PressAsync("Token erstellen");
        await Assertions.Expect(visitor.Page.GetByText("Wählen Sie mindestens eine Berechtigung")).ToBeVisibleAsync();
        await visitor.AssertUsableByAllAsync();

        await visitor.CheckAsync("read");
        await visitor.PressAsync("Token erstellen");
        await visitor.SeesAsync("Ihr neues Token");
        await visitor.AssertUsableByAllAsync();
        await visitor.FollowAsync("Ich habe ihn gespeichert");
        await Assertions.Expect(visitor.Row("Übersicht")).ToContainTextAsync("Aktiv");

        await visitor.BeginAsync("Widerrufen", "Übersicht");
        await Assertions.Expect(visitor.Dialog().GetByRole(AriaRole.Heading)).ToHaveTextAsync("„Übersicht“ widerrufen?");
        await visitor.AssertUsableByAllAsync();
        await visitor.PressAsync("Token widerrufen");
        await Assertions.Expect(visitor.Row("Übersicht").GetByText("Widerrufen", new() { Exact = true })).ToBeVisibleAsync();
    }
}
