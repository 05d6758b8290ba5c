using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>The page of tasks, which has no script of its own: with scripts allowed and forbidden it is the same.</summary>
public sealed class TasksTests(Chromium browser, SampleApplication application) : PageTests(browser, application)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_is_added_ticked_off_taken_up_again_and_deleted(bool javaScript)
    {
        var visitor = await VisitSignedInAsync(options => options.JavaScriptEnabled = javaScript);
        await SeesTasksAsync(visitor, toDo: [], done: []);

        await AddAsync(visitor, "Buy milk");
        await AddAsync(visitor, "Call the bank");
        await SeesTasksAsync(visitor, toDo: ["Buy milk", "Call the bank"], done: []);

        await visitor.PressAsync("Done: Buy milk");
        await SeesTasksAsync(visitor, toDo: ["Call the bank"], done: ["Buy milk"]);

        await visitor.PressAsync("Take up again: Buy milk");
        await SeesTasksAsync(visitor, toDo: ["Buy milk", "Call the bank"], done: []);

        await visitor.PressAsync("Delete: Buy milk");
        await SeesTasksAsync(visitor, toDo: ["Call the bank"], done: []);
    }

    [Fact]
    public async Task It_is_usable_by_all_when_empty_and_when_full()
    {
        var visitor = await VisitSignedInAsync();
        await visitor.AssertUsableByAllAsync();

        await AddAsync(visitor, "Buy milk");
        await AddAsync(visitor, new string('x', 200));
        await visitor.PressAsync("Done: Buy milk");
        await SeesTasksAsync(visitor, toDo: [new string('x', 200)], done: ["Buy milk"]);
        await visitor.AssertUsableByAllAsync();
    }

    [Fact]
    public async Task The_keyboard_goes_on_from_where_it_was()
    {
        var visitor = await VisitSignedInAsync();
        await AddAsync(visitor, "Buy milk");
        await Assertions.Expect(visitor.Page.GetByLabel("New task")).ToBeFocusedAsync();

        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Take up again: Buy milk" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_name_that_says_nothing_is_told_next_to_the_field()
    {
        var visitor = await VisitSignedInAsync();

        await AddAsync(visitor, "   ");

        await Assertions.Expect(visitor.Page.GetByLabel("New task")).ToHaveAccessibleDescriptionAsync("Write down what there is to do.");
        await visitor.AssertUsableByAllAsync();
    }

    [Fact]
    public async Task A_name_full_of_markup_is_text()
    {
        const string Name = "<img src=x onerror=alert(1)><b>&amp;\"'";
        var visitor = await VisitSignedInAsync();

        await AddAsync(visitor, Name);

        await SeesTasksAsync(visitor, toDo: [Name], done: []);
    }

    [Fact]
    public async Task Somebody_whose_session_has_ended_is_led_back_to_the_page()
    {
        var person = await Application.RegisterAsync();
        var visitor = await VisitAsync();
        await visitor.SignInAsync(person);
        await AddAsync(visitor, "Buy milk");
        await visitor.Context.ClearCookiesAsync(new() { Name = ".AspNetCore.Identity.Application" });

        await visitor.PressAsync("Done: Buy milk");
        await visitor.SeesAsync("Sign in");
        await visitor.SubmitSignInAsync(person.Email);

        await SeesTasksAsync(visitor, toDo: ["Buy milk"], done: []);
    }

    private static async Task AddAsync(Visitor visitor, string name)
    {
        await visitor.TypeAsync("New task", name);
        await visitor.PressAsync("Add");
    }

    private static async Task SeesTasksAsync(Visitor visitor, string[] toDo, string[] done)
    {
        await visitor.SeesAsync("Tasks");
        await Assertions.Expect(Names(visitor, "To do")).ToHaveTextAsync(toDo);
        await Assertions.Expect(Names(visitor, "Done")).ToHaveTextAsync(done);
    }

    private static ILocator Names(Visitor visitor, string list) =>
        visitor.Page.GetByRole(AriaRole.List, new() { Name = list, Exact = true }).GetByRole(AriaRole.Listitem);
}
