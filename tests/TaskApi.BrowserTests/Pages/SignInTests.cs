using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>Signing in and out.</summary>
public sealed class SignInTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Fact]
    public async Task Somebody_signs_in_and_out_again()
    {
        var person = await Application.RegisterAsync();
        var visitor = await VisitAsync();

        await visitor.GoToAsync("/");
        await visitor.SeesAsync("Sign in");
        await visitor.AssertUsableByAllAsync();
        await visitor.SubmitSignInAsync(person.Email);
        await visitor.SeesAsync("Tasks");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync(person.Email);

        await visitor.PressAsync("Sign out");
        await visitor.SeesAsync("Sign in");
        await visitor.GoToAsync("/tasks");
        await visitor.SeesAsync("Sign in");
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_the_address_stays()
    {
        var person = await Application.RegisterAsync();
        var visitor = await VisitAsync();
        await visitor.GoToAsync("/profile");

        await visitor.SubmitSignInAsync(person.Email, "wrong");

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is not right");
        await Assertions.Expect(visitor.Page.GetByLabel("Email address")).ToHaveValueAsync(person.Email);
        await Assertions.Expect(visitor.Page.GetByLabel("Password")).ToHaveValueAsync("");
        await Assertions.Expect(visitor.Page.GetByLabel("Password")).ToBeFocusedAsync();
        await visitor.AssertUsableByAllAsync();

        await visitor.TypeAsync("Password", Person.Password);
        await visitor.PressAsync("Sign in");
        await visitor.SeesAsync("Profile");
    }

    [Fact]
    public async Task Somebody_signed_in_can_sign_in_afresh()
    {
        var person = await Application.RegisterAsync();
        var visitor = await VisitAsync();
        await visitor.SignInAsync(person);

        await visitor.GoToAsync("/signin?ReturnUrl=%2Fprofile");
        await visitor.SeesAsync("Sign in");
        await visitor.AssertUsableByAllAsync();
        await visitor.SubmitSignInAsync(person.Email);

        await visitor.SeesAsync("Profile");
    }

    [Fact]
    public async Task Nothing_private_is_shown_by_going_back_after_signing_out()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.PressAsync("Sign out");
        await visitor.SeesAsync("Sign in");

        await visitor.Page.GoBackAsync();

        await visitor.SeesAsync("Sign in");
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        var person = await Application.RegisterAsync();
        var visitor = await VisitAsync();
        await visitor.GoToAsync("/signin");

        // The browser puts the focus there when it gets round to it, and what is typed before goes nowhere.
        await Assertions.Expect(visitor.Page.GetByLabel("Email address")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync(person.Email);
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync(Person.Password);
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.SeesAsync("Tasks");
    }
}
