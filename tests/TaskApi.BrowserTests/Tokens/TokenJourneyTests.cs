using System.Net;
using Microsoft.Playwright;
using Pat.TestSupport;

namespace TaskApi.BrowserTests;

/// <summary>A token's whole life, as its owner sees it in a browser and a script over HTTP.</summary>
public sealed class TokenJourneyTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    private const string Name = "Nightly build";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_is_created_used_edited_rotated_and_revoked(bool javaScript)
    {
        var person = await Application.RegisterAsync();
        var visitor = await VisitAsync(options =>
        {
            options.JavaScriptEnabled = javaScript;
            options.Permissions = ["clipboard-read", "clipboard-write"];
        });
        await visitor.GoToAsync("/");
        await visitor.SubmitSignInAsync(person.Email);
        await visitor.FollowAsync("Profile");
        await visitor.FollowAsync("Security");
        await visitor.SeesTokensAsync();

        var first = await CreateAsync(visitor, javaScript);
        await AssertAnswersAsync(first, HttpStatusCode.OK, HttpStatusCode.Forbidden);

        await visitor.BeginAsync("Edit", Name);
        await visitor.CheckAsync("write");
        await visitor.PressAsync("Save");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync(Name);
        await AssertAnswersAsync(first, HttpStatusCode.OK, HttpStatusCode.Created);

        await visitor.BeginAsync("Rotate", Name);
        await visitor.PressAsync("Rotate token");
        await visitor.SeesAsync($"The new value of “{Name}”");
        var second = await visitor.ReadValueAsync();
        await AssertAnswersAsync(first, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized);
        await AssertAnswersAsync(second, HttpStatusCode.OK, HttpStatusCode.Created);
        await visitor.FollowAsync("I have stored it");

        await visitor.BeginAsync("Revoke", Name);
        await visitor.PressAsync("Revoke token");
        await Assertions.Expect(visitor.Row(Name)).ToContainTextAsync("Revoked");
        await AssertAnswersAsync(second, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized);
    }

    private static async Task<string> CreateAsync(Visitor visitor, bool javaScript)
    {
        await visitor.FollowAsync("New token");
        await visitor.SeesAsync("New token");
        await visitor.FillInAsync(Name, "read");
        await visitor.PressAsync("Create token");
        await visitor.SeesAsync("Your new token");
        var value = await visitor.ReadValueAsync();
        var copy = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true });
        if (javaScript)
        {
            await copy.ClickAsync();
            await Assertions.Expect(visitor.Page.GetByText("Copied")).ToBeVisibleAsync();
            Assert.Equal(value, await visitor.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        }
        else
        {
            await Assertions.Expect(copy).ToBeHiddenAsync();
        }

        await visitor.FollowAsync("I have stored it");
        await visitor.SeesTokensAsync();
        await Assertions.Expect(visitor.Row(Name)).ToContainTextAsync("Active");
        await Assertions.Expect(visitor.Row(Name)).ToContainTextAsync("Never used");
        return value;
    }

    private async Task AssertAnswersAsync(string token, HttpStatusCode toList, HttpStatusCode toCreate)
    {
        using var script = Application.CreateClient();
        Assert.Equal(toList, (await script.ListTasksAsync(token)).StatusCode);
        Assert.Equal(toCreate, (await script.CreateTaskAsync(token, "Water the plants")).StatusCode);
    }
}
