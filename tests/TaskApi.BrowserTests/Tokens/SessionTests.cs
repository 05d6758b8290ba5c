using Microsoft.Playwright;
using Pat.TestSupport;

namespace TaskApi.BrowserTests;

/// <summary>A session that ends, or grows old, while its user is on the settings page.</summary>
public sealed class SessionTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Fact]
    public async Task A_form_of_a_session_that_expired_creates_nothing_and_leads_back_by_the_sign_in()
    {
        var person = await Application.RegisterAsync();
        var visitor = await VisitSignedInAsync(person);
        await visitor.OpenNewTokenAsync();
        await visitor.FillInAsync("Laptop", "read");
        await visitor.Context.ClearCookiesAsync(new() { Name = ".AspNetCore.Identity.Application" });

        await visitor.PressAsync("Create token");
        await visitor.SeesAsync("Sign in");
        await visitor.SubmitSignInAsync(person.Email);

        await visitor.SeesAsync("New token");
        await visitor.OpenTokensAsync();
        await visitor.HasTokensAsync(0);
    }

    [Fact]
    public async Task A_dialog_of_a_session_that_expired_leads_to_the_sign_in_and_back()
    {
        var person = await Application.RegisterAsync();
        var visitor = await VisitSignedInAsync(person);
        await visitor.CreateTokenAsync("Laptop", "read");
        await visitor.FollowAsync("I have stored it");
        await visitor.SeesTokensAsync();
        await visitor.Context.ClearCookiesAsync(new() { Name = ".AspNetCore.Identity.Application" });

        await visitor.BeginAsync("Edit", "Laptop");
        await visitor.SeesAsync("Sign in");
        await visitor.SubmitSignInAsync(person.Email);

        await visitor.SeesAsync("Edit “Laptop”");
    }

    [Fact]
    public async Task A_password_changed_elsewhere_ends_the_session_and_what_was_typed_comes_back()
    {
        const string Password = "An0ther!Passw0rd";
        var person = await Application.RegisterAsync();
        var visitor = await VisitSignedInAsync(person);
        await visitor.OpenNewTokenAsync();
        await visitor.FillInAsync("Laptop", "write");
        await Application.ChangePasswordAsync(person, Password);

        await visitor.PressAsync("Create token");
        await visitor.SeesAsync("Your session has ended");
        await visitor.AssertUsableByAllAsync();
        await visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await visitor.SeesAsync("Sign in");
        await visitor.SubmitSignInAsync(person.Email, Password);

        await visitor.SeesAsync("New token");
        await Assertions.Expect(visitor.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Laptop");
        await Assertions.Expect(visitor.Page.GetByLabel("write", new() { Exact = true })).ToBeCheckedAsync();
        await visitor.PressAsync("Create token");
        await visitor.SeesAsync("Your new token");
    }

    [Fact]
    public async Task A_session_of_long_ago_lists_and_asks_for_a_new_sign_in_before_it_creates()
    {
        // A session that began where nothing was asked for counts as old where something is.
        await using var database = TestDatabase.SqliteFile();
        await using var lenient = await RunningTaskApi.StartAsync(database, "--Tokens:RecentSignIn=");
        await using var strict = await RunningTaskApi.StartAsync(database);
        var visitor = await VisitAsync(lenient.Address);
        await visitor.SignInAsync(new Person("alice@example.com"));
        await visitor.OpenNewTokenAsync();

        // Cookies don't keep ports apart.
        await visitor.GoToAsync(new Uri(strict.Address, TokenSteps.Address).ToString());
        await visitor.SeesTokensAsync();
        await visitor.FollowAsync("New token");
        await visitor.SeesAsync("Sign in again");
        await visitor.AssertUsableByAllAsync();
        await visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await visitor.SeesAsync("Sign in");
        await visitor.SubmitSignInAsync("alice@example.com");

        await visitor.SeesAsync("New token");
    }
}
