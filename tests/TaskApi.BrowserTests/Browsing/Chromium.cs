using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>One real browser for all tests. What a test does in it, it does in a context of its own.</summary>
public class Chromium : IAsyncLifetime
{
    // The sandbox needs a user other than root; the rest keeps the browser from calling home.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) => _browser.NewContextAsync(options);

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        var options = new BrowserTypeLaunchOptions { ExecutablePath = ChromiumProgram.Find(), Args = Arguments };
        Configure(options);
        _browser = await _playwright.Chromium.LaunchAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>How another browser is started than that of most tests.</summary>
    protected virtual void Configure(BrowserTypeLaunchOptions options)
    {
    }
}
