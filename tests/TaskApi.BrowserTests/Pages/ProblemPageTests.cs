using System.Net;

namespace TaskApi.BrowserTests;

/// <summary>What went wrong, for people a page and for programs problem details.</summary>
public sealed class ProblemPageTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Fact]
    public async Task A_page_that_is_not_there_is_told_on_a_page()
    {
        var visitor = await VisitSignedInAsync();

        var status = await visitor.GoToAsync("/nowhere");

        Assert.Equal(404, status);
        await visitor.SeesAsync("There is no such page");
        await visitor.AssertUsableByAllAsync();
    }

    [Fact]
    public async Task A_form_of_a_session_that_was_replaced_is_told_on_a_page()
    {
        var visitor = await VisitSignedInAsync();
        var other = await Application.RegisterAsync();
        var form = await visitor.OpenTabAsync();
        await visitor.SignInAsync(other);
        visitor.TurnTo(form);

        await visitor.TypeAsync("New task", "Buy milk");
        await visitor.PressAsync("Add");

        await visitor.SeesAsync("That did not arrive as it should");
        await visitor.AssertUsableByAllAsync();
    }

    [Fact]
    public async Task A_program_is_told_in_problem_details()
    {
        using var program = Application.CreateClient();

        var response = await program.GetAsync("/nowhere");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
