using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>Tests with a browser. Whatever else they look at: no page complains, and none asks anything of another host.</summary>
public abstract class PageTests(Chromium browser, SampleApplication application) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    protected SampleApplication Application => application;

    /// <summary>Somebody with a browser of their own: nothing is kept from other visits.</summary>
    protected Task<Visitor> VisitAsync(Action<BrowserNewContextOptions>? configure = null) => VisitAsync(application.Address, configure);

    /// <summary>The same at another application than the one that the tests share.</summary>
    protected async Task<Visitor> VisitAsync(Uri address, Action<BrowserNewContextOptions>? configure = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = 1200, Height = 800 },
            Locale = "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
        };
        configure?.Invoke(options);
        var visitor = await Visitor.ArriveAsync(await browser.NewContextAsync(options), address);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Somebody new, signed in and looking at their tasks.</summary>
    protected async Task<Visitor> VisitSignedInAsync(Action<BrowserNewContextOptions>? configure = null) =>
        await VisitSignedInAsync(await application.RegisterAsync(), configure);

    /// <summary>Somebody signed in and looking at their tasks.</summary>
    protected async Task<Visitor> VisitSignedInAsync(Person person, Action<BrowserNewContextOptions>? configure = null)
    {
        var visitor = await VisitAsync(configure);
        await visitor.SignInAsync(person);
        return visitor;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var visitor in _visitors)
        {
            await visitor.LeaveAsync();
        }
    }
}
