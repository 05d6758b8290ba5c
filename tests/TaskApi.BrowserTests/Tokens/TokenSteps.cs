using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>What people do on the settings page.</summary>
internal static class TokenSteps
{
    public const string Address = "/profile/security";

    public static async Task OpenTokensAsync(this Visitor visitor)
    {
        await visitor.GoToAsync(Address);
        await visitor.SeesTokensAsync();
    }

    public static async Task OpenNewTokenAsync(this Visitor visitor)
    {
        await visitor.GoToAsync($"{Address}/new");
        await visitor.SeesAsync("New token");
    }

    public static Task SeesTokensAsync(this Visitor visitor) => visitor.SeesAsync("Personal access tokens");

    /// <summary>Fills in the form for a new token, which is open, and leaves the expiry as it is.</summary>
    public static async Task FillInAsync(this Visitor visitor, string name, params string[] scopes)
    {
        await visitor.TypeAsync("Name", name);
        foreach (var scope in scopes)
        {
            await visitor.CheckAsync(scope);
        }
    }

    /// <summary>Creates a token and stays where its value is shown.</summary>
    /// <returns>The value.</returns>
    public static async Task<string> CreateTokenAsync(this Visitor visitor, string name, params string[] scopes)
    {
        await visitor.OpenNewTokenAsync();
        await visitor.FillInAsync(name, scopes);
        await visitor.PressAsync("Create token");
        await visitor.SeesAsync("Your new token");
        return await visitor.ReadValueAsync();
    }

    public static Task CheckAsync(this Visitor visitor, string label) => visitor.Page.GetByLabel(label, new() { Exact = true }).CheckAsync();

    public static Task<string> ReadValueAsync(this Visitor visitor) =>
        visitor.Page.GetByLabel("Token", new() { Exact = true }).InputValueAsync();

    /// <summary>Neither shown nor hidden in the page.</summary>
    public static async Task SeesNoValueAsync(this Visitor visitor, string value)
    {
        await Assertions.Expect(visitor.Page.Locator($"[value*='{value}']")).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.Locator("html")).Not.ToContainTextAsync(value);
    }

    /// <summary>Begins to edit, rotate or revoke a token of the list: in a dialog, or without scripts on a page of its own.</summary>
    public static Task BeginAsync(this Visitor visitor, string action, string name) => visitor.FollowAsync($"{action} {name}");

    public static ILocator Row(this Visitor visitor, string name) =>
        visitor.Page.GetByRole(AriaRole.Row).Filter(new() { Has = visitor.Page.GetByText(name, new() { Exact = true }) });

    public static ILocator Dialog(this Visitor visitor) => visitor.Page.GetByRole(AriaRole.Dialog);

    /// <summary>How many tokens the list shows.</summary>
    public static Task HasTokensAsync(this Visitor visitor, int count) =>
        Assertions.Expect(visitor.Page.Locator("[data-pat-token]")).ToHaveCountAsync(count);

    public static Task IsToldAsync(this Visitor visitor, string text) =>
        Assertions.Expect(visitor.Page.Locator("[role=alert]:visible")).ToContainTextAsync(text);
}
