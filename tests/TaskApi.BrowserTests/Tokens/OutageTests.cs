using Microsoft.Playwright;
using Pat.TestSupport;

namespace TaskApi.BrowserTests;

/// <summary>The database is down: the page says so, and claims nothing about tokens.</summary>
public sealed class OutageTests(Chromium browser, SampleApplication application, PostgresServer server) : PageTests(browser, application)
{
    [Fact]
    public async Task The_page_says_that_the_database_is_down_and_claims_nothing()
    {
        await using var database = await server.CreateDatabaseAsync();
        await using var sample = await RunningTaskApi.StartAsync(database);
        var visitor = await VisitAsync(sample.Address);
        await visitor.SignInAsync(new Person("alice@example.com"));
        var value = await visitor.CreateTokenAsync("Laptop", "read");
        await visitor.OpenNewTokenAsync();
        await visitor.FillInAsync("Desktop", "read");

        await using (await server.ShutOutAsync(database))
        {
            await visitor.PressAsync("Create token");
            await visitor.SeesAsync("Your tokens can't be reached at the moment");
            await visitor.IsToldAsync("we can't tell whether your change was made");
            await visitor.AssertUsableByAllAsync();

            Assert.Equal(503, await visitor.GoToAsync(TokenSteps.Address));
            await visitor.SeesAsync("Your tokens can't be reached at the moment");
            await visitor.IsToldAsync("nothing can be said about your tokens");
            await Assertions.Expect(visitor.Page.GetByText("You have no tokens.")).ToHaveCountAsync(0);
            await visitor.AssertUsableByAllAsync();

            Assert.Equal(500, await visitor.GoToAsync("/tasks"));
            await visitor.SeesAsync("Something went wrong");
            await visitor.AssertUsableByAllAsync();
        }

        await visitor.OpenTokensAsync();
        await visitor.HasTokensAsync(1);
        using var script = sample.CreateClient();
        Assert.True((await script.ListTasksAsync(value)).IsSuccessStatusCode);
    }
}
