using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>Somebody who uses the application with a browser.</summary>
public sealed class Visitor
{
    private static readonly TimeSpan AxeLimit = TimeSpan.FromMinutes(1);

    private readonly IBrowserContext _context;
    private readonly Complaints _complaints;

    private Visitor(IBrowserContext context, IPage page, Complaints complaints)
    {
        _context = context;
        Page = page;
        _complaints = complaints;
    }

    /// <summary>The tab in use.</summary>
    public IPage Page { get; private set; }

    public IBrowserContext Context => _context;

    public static async Task<Visitor> ArriveAsync(IBrowserContext context, Uri application)
    {
        var complaints = new Complaints(context, application);
        return new Visitor(context, await context.NewPageAsync(), complaints);
    }

    public async Task<int> GoToAsync(string path) => (await Page.GotoAsync(path))!.Status;

    /// <summary>Back to the page before. It may be one that answered a form, which the browser asks about in its place.</summary>
    public async Task GoBackAsync()
    {
        try
        {
            // A page that was kept is not loaded again.
            await Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
        }
        catch (PlaywrightException exception) when (exception.Message.Contains("ERR_CACHE_MISS", StringComparison.Ordinal))
        {
            // It asks whether to send the form again.
        }
    }

    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task TypeAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    /// <summary>Signs in with the form of the page that is open.</summary>
    public async Task SubmitSignInAsync(string email, string password = Person.Password)
    {
        await TypeAsync("Email address", email);
        await TypeAsync("Password", password);
        await PressAsync("Sign in");
    }

    /// <summary>Signs in by the page, whatever is open.</summary>
    public async Task SignInAsync(Person person)
    {
        await GoToAsync("/signin");
        await SubmitSignInAsync(person.Email);
        await SeesAsync("Tasks");
    }

    /// <summary>Opens another tab, with the same session, and goes on in it.</summary>
    /// <returns>The tab before.</returns>
    public async Task<IPage> OpenTabAsync()
    {
        var former = Page;
        Page = await _context.NewPageAsync();
        return former;
    }

    public void TurnTo(IPage tab) => Page = tab;

    /// <summary>Presses the Tab key until it gets there.</summary>
    public async Task TabToAsync(ILocator target)
    {
        for (var i = 0; i < 50; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"The keyboard does not get to {target}.");
    }

    public Task SeesAsync(string heading) =>
        Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    /// <summary>
    /// Accessible to all, in light and in dark, and without scrolling sideways on the smallest telephone. What looks at the
    /// page is a script, so that scripts must be allowed.
    /// </summary>
    public async Task AssertUsableByAllAsync()
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var result = await Page.RunAxe().WaitAsync(AxeLimit);
            Assert.True(result.Violations.Length == 0, $"{Page.Url} in {scheme}: {Describe(result.Violations)}");
        }

        await AssertFitsAsync();
    }

    /// <summary>A picture of the page for the manual, in light and in dark, where the environment asks for new ones.</summary>
    public async Task TakePictureAsync(string name)
    {
        // Nothing is to look as if somebody pointed at it.
        await Page.Mouse.MoveAsync(0, 0);
        foreach (var (scheme, suffix) in ((ColorScheme, string)[])[(ColorScheme.Light, "light"), (ColorScheme.Dark, "dark")])
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Pictures.TakeAsync(Page, $"{name}-{suffix}");
        }
    }

    public async ValueTask LeaveAsync()
    {
        var complaints = _complaints.All;
        await _context.DisposeAsync();
        Assert.Empty(complaints);
    }

    private async Task AssertFitsAsync()
    {
        var usual = Page.ViewportSize!;
        await Page.SetViewportSizeAsync(320, 640);
        var width = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        await Page.SetViewportSizeAsync(usual.Width, usual.Height);
        Assert.True(width <= 320, $"{Page.Url} is {width} wide on a telephone of 320.");
    }

    private static string Describe(IEnumerable<Deque.AxeCore.Commons.AxeResultItem> violations) => string.Join(
        Environment.NewLine,
        violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
}
