namespace Pat.AspNetCore.UI.Tests;

public sealed class TranslationTests
{
    public static TheoryData<string> Pages => new(EveryPage.All);

    [Fact]
    public void Every_text_of_the_sources_is_there_in_German_and_no_other() =>
        Assert.Equal(SourceTexts.English.Order(StringComparer.Ordinal), SourceTexts.German.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_sources_are_read_at_all()
    {
        Assert.Contains("Choose at least one scope: {0}.", SourceTexts.English);
        Assert.Contains("The old secret can work on for 0 to {0:0} seconds, not {1:0}.", SourceTexts.English);
        Assert.Contains("Personal access tokens", SourceTexts.English);
        Assert.True(SourceTexts.English.Count > 100);
    }

    [Fact]
    public void A_German_text_has_the_same_parts_in_it() => Assert.All(
        SourceTexts.German, text => Assert.Equal(SourceTexts.PlaceholdersOf(text.Key), SourceTexts.PlaceholdersOf(text.Value)));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_for_a_German_is_German_throughout(string page)
    {
        await using var app = await PageApp.StartAsync(EveryPage.Settings(pipeline: Localization.UseGerman));

        var answer = await EveryPage.ShowAsync(app, page, "de-AT");

        Assert.Equal("de", answer.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("de", answer.Body.GetAttribute("lang"));
        var read = string.Join('\n', answer.Body.QuerySelectorAll("*").Select(element => WebPage.Squeeze(element.TextContent))
            .Concat(answer.Body.QuerySelectorAll("[aria-label]").Select(element => element.GetAttribute("aria-label")!))
            .Concat(answer.Body.QuerySelectorAll("[data-pat-label]").Select(element => element.GetAttribute("data-pat-label")!))
            .Append(answer.Document.Title));
        foreach (var english in SourceTexts.English.Where(text => text.Contains(' ') && !text.Contains("MMM", StringComparison.Ordinal)))
        {
            var longest = english.Split(['{', '}']).MaxBy(part => part.Length)!.Trim();
            Assert.False(longest.Length > 8 && read.Contains(longest, StringComparison.Ordinal), $"'{longest}' is still English.");
        }
    }

    [Fact]
    public async Task A_German_reads_German_dates()
    {
        await using var app = await PageApp.StartAsync(new() { Pipeline = Localization.UseGerman });
        await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();
        browser.Language = "de";

        var page = await browser.GetAsync(PageApp.Path);

        Assert.Equal("Persönliche Zugriffstokens", page.Title);
        Assert.Matches(@"^1\. März? 2026, 12:00$", page.Body.QuerySelector("time")!.TextContent);
    }

    [Theory]
    [InlineData(HostKind.MinimalApi)]
    [InlineData(HostKind.Mvc)]
    [InlineData(HostKind.RazorPages)]
    [InlineData(HostKind.Blazor)]
    public async Task A_language_of_the_request_is_that_of_the_page_in_any_kind_of_application(HostKind kind)
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Host = kind,
            Pipeline = app =>
            {
                Localization.UseGerman(app);
                Microsoft.AspNetCore.Builder.AntiforgeryApplicationBuilderExtensions.UseAntiforgery(app);
            },
        });
        using var browser = await app.SignInAsync();
        browser.Language = "de";

        var created = await browser.SubmitAsync($"{PageApp.Path}/new", ("name", "x"), ("scopes", "read"));

        Assert.Equal("Ihr neues Token", created.Title);
    }

    [Fact]
    public async Task Another_language_is_English()
    {
        await using var app = await PageApp.StartAsync(new() { Pipeline = Localization.UseGerman });
        using var browser = await app.SignInAsync();
        browser.Language = "fr";

        var page = await browser.GetAsync(PageApp.Path);

        Assert.Equal(("Personal access tokens", "en"), (page.Title, page.Body.GetAttribute("lang")));
    }
}
