using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>
/// Going back in a browser that keeps whole pages in memory, those not to be stored too. What it never keeps is the answer to
/// a form, and a value stands nowhere else.
/// </summary>
public sealed class KeptPageTests(KeepingChromium browser, SampleApplication application)
    : PageTests(browser, application), IClassFixture<KeepingChromium>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_browser_of_these_tests_keeps_a_page_that_is_not_to_be_stored(bool javaScript)
    {
        var visitor = await VisitSignedInAsync(options => options.JavaScriptEnabled = javaScript);
        var list = await visitor.Page.GotoAsync(TokenSteps.Address);
        await LeaveAsync(visitor);
        var loaded = 0;
        visitor.Context.Request += (_, request) => loaded += request.IsNavigationRequest ? 1 : 0;

        await visitor.GoBackAsync();

        await visitor.SeesTokensAsync();
        Assert.Contains("no-store", await list!.HeaderValueAsync("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(0, loaded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Going_back_to_a_new_token_shows_no_value(bool javaScript)
    {
        var visitor = await VisitSignedInAsync(options => options.JavaScriptEnabled = javaScript);
        var value = await visitor.CreateTokenAsync("Laptop", "read");
        await LeaveAsync(visitor);

        await visitor.GoBackAsync();

        await AssertNotShownAsync(visitor, value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Going_back_to_a_rotation_shows_no_value(bool javaScript)
    {
        var visitor = await VisitSignedInAsync(options => options.JavaScriptEnabled = javaScript);
        await visitor.CreateTokenAsync("Laptop", "read");
        await visitor.FollowAsync("I have stored it");
        await visitor.BeginAsync("Rotate", "Laptop");
        await visitor.PressAsync("Rotate token");
        await visitor.SeesAsync("The new value of “Laptop”");
        var value = await visitor.ReadValueAsync();
        await LeaveAsync(visitor);

        await visitor.GoBackAsync();

        await AssertNotShownAsync(visitor, value);
    }

    private static async Task LeaveAsync(Visitor visitor)
    {
        await visitor.FollowAsync("Tasks");
        await visitor.SeesAsync("Tasks");
    }

    private static async Task AssertNotShownAsync(Visitor visitor, string value)
    {
        // Another page than the one before is there by now: the browser's question, or ours again.
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Tasks" })).ToHaveCountAsync(0);
        await visitor.SeesNoValueAsync(value);
    }
}
