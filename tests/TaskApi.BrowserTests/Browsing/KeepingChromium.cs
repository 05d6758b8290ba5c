using Microsoft.Playwright;

namespace TaskApi.BrowserTests;

/// <summary>
/// The browser as people have it: it keeps a page that is left as it is and shows it again when one goes back, also one that
/// is not to be stored. Playwright switches the first off, and Chromium itself comes to the second by and by.
/// </summary>
public sealed class KeepingChromium : Chromium
{
    protected override void Configure(BrowserTypeLaunchOptions options)
    {
        options.IgnoreDefaultArgs = ["--disable-back-forward-cache"];
        options.Args = [.. options.Args!, "--enable-features=BackForwardCache,CacheControlNoStoreEnterBackForwardCache"];
    }
}
