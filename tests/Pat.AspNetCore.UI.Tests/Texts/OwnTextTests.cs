using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Pat.AspNetCore.UI.Tests;

public sealed class OwnTextTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Resources")]
    [InlineData("Translations/Of/Ours")]
    public async Task German_is_found_wherever_the_application_keeps_its_own_texts(string? path)
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Pipeline = Localization.UseGerman,
            Services = builder => builder.Services.AddLocalization(options => options.ResourcesPath = path ?? options.ResourcesPath),
        });
        using var browser = await app.SignInAsync();
        browser.Language = "de";

        Assert.Equal("Persönliche Zugriffstokens", (await browser.GetAsync(PageApp.Path)).Title);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_application_s_own_texts_replace_all_of_ours(bool areAddedFirst)
    {
        await using var app = await PageApp.StartAsync(EveryPage.Settings(services: builder =>
        {
            if (!areAddedFirst)
            {
                builder.Services.AddLocalization();
            }

            builder.Services.AddSingleton<IStringLocalizer<PersonalAccessTokenTexts>, Shouting>();
        }));
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync($"{PageApp.Path}/new", ("name", new string('x', 101)));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("NEW TOKEN", page.Title);
        Assert.Equal("THE NAME HAS 101 CHARACTERS; THE MOST IS 100.", page.ErrorOf("#pat-name"));
        Assert.Contains("READ EVERYTHING YOU CAN READ", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_of_the_application_is_described_in_its_own_words()
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Pipeline = Localization.UseGerman,
            Tokens = options => options.AddScope("tasks", "Change {0} tasks of 100%"),
        });
        using var browser = await app.SignInAsync();
        browser.Language = "de";

        Assert.Contains("Change {0} tasks of 100%", (await browser.GetAsync($"{PageApp.Path}/new")).Text, StringComparison.Ordinal);
    }

    private sealed class Shouting : IStringLocalizer<PersonalAccessTokenTexts>
    {
        public LocalizedString this[string name] => new(name, name.ToUpperInvariant());

        public LocalizedString this[string name, params object[] arguments] =>
            new(name, string.Format(null, name.ToUpperInvariant(), arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
