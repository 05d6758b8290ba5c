using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

public sealed class ProfileTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_shows_who_is_signed_in_and_leads_to_the_tokens(bool javaScript)
    {
        var person = await Application.RegisterAsync();
        var visitor = await VisitAsync(options => options.JavaScriptEnabled = javaScript);
        await visitor.SignInAsync(person);

        await visitor.FollowAsync("Profile");

        await visitor.SeesAsync("Profile");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync(person.Email);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Security", Exact = true }))
            .ToHaveAttributeAsync("href", "/profile/security");
    }

    [Fact]
    public async Task It_is_usable_by_all()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.FollowAsync("Profile");
        await visitor.SeesAsync("Profile");

        await visitor.AssertUsableByAllAsync();
    }

    [Fact]
    public async Task The_bar_tells_which_page_one_is_on()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.FollowAsync("Profile");
        await visitor.SeesAsync("Profile");

        await Assertions.Expect(visitor.Page.Locator("nav [aria-current=page]")).ToHaveTextAsync("Profile");
    }

    [Fact]
    public async Task The_content_is_the_first_thing_that_the_keyboard_can_skip_to()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.GoToAsync("/profile");

        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.PressAsync("Tab");

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).First).ToBeFocusedAsync();
    }
}
