using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>What the manual shows in pictures can be seen. The pictures themselves are taken where <c>PAT_SCREENSHOTS</c> is 1.</summary>
public sealed class PictureTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    private static readonly Person Alice = new("alice@example.com");

    [Fact]
    public async Task The_list_the_new_token_and_its_value_are_shown()
    {
        var visitor = await VisitSignedInAsync(Alice, options => options.ViewportSize = new() { Width = 1200, Height = 560 });
        await CreateTokensAsync(visitor);
        await visitor.OpenTokensAsync();
        await visitor.HasTokensAsync(3);
        await visitor.TakePictureAsync("tokens");

        await visitor.OpenNewTokenAsync();
        await visitor.FillInAsync("Weekly report", "read");
        await visitor.TakePictureAsync("new-token");

        await visitor.PressAsync("Create token");
        await visitor.SeesAsync("Your new token");
        await ShowUsualAddressAsync(visitor.Page.GetByLabel("Try it in a terminal"));
        await visitor.TakePictureAsync("token-value");
    }

    [Fact]
    public async Task The_sample_is_shown()
    {
        var visitor = await VisitSignedInAsync(Alice, options => options.ViewportSize = new() { Width = 1200, Height = 560 });
        await visitor.FollowAsync("Profile");
        await visitor.SeesAsync("Profile");
        await ShowUsualAddressAsync(visitor.Page.GetByRole(AriaRole.Code));
        await visitor.TakePictureAsync("profile");
    }

    /// <summary>Whoever starts the sample finds it there, and not at the port that a test was given.</summary>
    private async Task ShowUsualAddressAsync(ILocator line)
    {
        var shown = (await line.TextContentAsync())!.Replace(Application.Address.ToString(), "http://localhost:5080/", StringComparison.Ordinal);
        await line.EvaluateAsync("(element, text) => { element.textContent = text; }", shown);
    }

    /// <summary>Tokens in several states, some of them used.</summary>
    private async Task CreateTokensAsync(Visitor visitor)
    {
        foreach (var (name, scope) in ((string, string)[])[("Old laptop", "write"), ("Dashboard", "read"), ("Nightly build", "write")])
        {
            await visitor.CreateTokenAsync(name, scope);
        }

        var now = TimeProvider.System.GetUtcNow();
        var (made, soon, used) = (now.AddDays(-27), now.AddDays(3), now.AddHours(-7));
        await Application.ChangeTokensAsync(Alice, tokens => tokens.Where(token => token.Name != "Nightly build").ExecuteUpdateAsync(
            set => set.SetProperty(token => token.CreatedAt, made).SetProperty(token => token.LastUsedAt, used)));
        await Application.ChangeTokensAsync(Alice, tokens => tokens.Where(token => token.Name == "Dashboard").ExecuteUpdateAsync(
            set => set.SetProperty(token => token.ExpiresAt, soon)));
        await visitor.OpenTokensAsync();
        await visitor.BeginAsync("Revoke", "Old laptop");
        await visitor.PressAsync("Revoke token");
        await Assertions.Expect(visitor.Row("Old laptop")).ToContainTextAsync("Revoked");
    }
}
