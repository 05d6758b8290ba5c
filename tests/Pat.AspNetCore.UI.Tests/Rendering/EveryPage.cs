using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>Every page there is, in every state of it, each asked for as a user comes to it.</summary>
internal static class EveryPage
{
    public const string Name = "<b onclick=alert(1)>'\"&";

    /// <summary>The names of the pages.</summary>
    public static readonly string[] All =
    [
        "empty list", "list", "notice", "no match", "new", "filled", "invalid", "value", "duplicate", "edit", "invalid edit", "changed",
        "rotation", "rotated", "rotated twice", "revocation", "stale revocation", "revocation of all", "stale revocation of all",
        "not found", "not usable", "too old", "no owner", "outage", "outage of a change",
    ];

    /// <summary>An application on which <see cref="ShowAsync"/> can show all of them.</summary>
    public static PageAppSettings Settings(Action<WebApplication>? pipeline = null, Action<WebApplicationBuilder>? services = null) => new()
    {
        Tokens = options => options.AllowNoExpiry = true,
        Management = options => options.RequireRecentSignIn = TimeSpan.FromHours(1),
        Pipeline = pipeline,
        Services = services,
    };

    /// <param name="app">An application of its own: it is left in any state.</param>
    /// <param name="page">One of <see cref="All"/>.</param>
    /// <param name="language">The language to ask in, or null.</param>
    public static async Task<WebPage> ShowAsync(PageApp app, string page, string? language = null)
    {
        using var browser = await (page == "no owner" ? app.SignInAsync("", "email:a@example.com") : app.SignInAsync());
        browser.Language = language;
        (string, string?)[] fields = [("name", Name), ("scopes", "read")];
        if (page is "empty list" or "new" or "filled" or "invalid" or "value" or "no owner")
        {
            return page switch
            {
                "empty list" or "no owner" => await browser.GetAsync(PageApp.Path),
                "new" => await browser.GetAsync($"{PageApp.Path}/new"),
                "filled" => await browser.GetAsync($"{PageApp.Path}/new?name={Uri.EscapeDataString(Name)}&scopes=read,admin&expires=5000"),
                "invalid" => await browser.SubmitAsync($"{PageApp.Path}/new", ("name", " "), ("expires", "date")),
                _ => await browser.SubmitAsync($"{PageApp.Path}/new", fields),
            };
        }

        if (page == "duplicate")
        {
            var form = await browser.GetAsync($"{PageApp.Path}/new");
            await browser.SubmitAsync(form, fields);
            return await browser.SubmitAsync(form, fields);
        }

        var token = (await app.CreateTokenAsync(Name)).Token!;
        var id = PersonalAccessTokenFormat.FormatId(token.Id);
        var (edit, rotate, revoke) = ($"{PageApp.Path}/{id}/edit", $"{PageApp.Path}/{id}/rotate", $"{PageApp.Path}/{id}/revoke");
        switch (page)
        {
            case "list":
                return await browser.GetAsync(PageApp.Path);

            case "notice":
                return await browser.FollowAsync(await browser.SubmitAsync(edit, ("name", Name + "!")));

            case "no match":
                return await browser.GetAsync($"{PageApp.Path}?search=nothing");

            case "edit":
                return await browser.GetAsync(edit);

            case "invalid edit":
                return await browser.SubmitAsync(edit, ("name", new string('x', 101)), ("scopes", "admin"), ("expires", "date"), ("date", "2020-01-01"));

            case "changed":
            {
                var form = await browser.GetAsync(edit);
                await browser.SubmitAsync(form, ("name", "other"));
                return await browser.SubmitAsync(form, ("name", "mine"));
            }

            case "rotation":
                return await browser.GetAsync(rotate);

            case "rotated":
                return await browser.SubmitAsync(rotate, ("overlap", "3600"));

            case "rotated twice":
            {
                var form = await browser.GetAsync(rotate);
                await browser.SubmitAsync(form);
                return await browser.SubmitAsync(form);
            }

            case "revocation":
                return await browser.GetAsync(revoke);

            case "stale revocation":
                return await browser.SubmitAsync(revoke, ("version", "7"));

            case "revocation of all":
                return await browser.GetAsync($"{PageApp.Path}/revoke-all");

            case "stale revocation of all":
                return await browser.SubmitAsync($"{PageApp.Path}/revoke-all", ("__RequestVerificationToken", "no"));

            case "not found":
                return await browser.GetAsync($"{PageApp.Path}/0000000000000000000001/edit");

            case "not usable":
                await app.Manager.RevokeAsync(token.Id);
                return await browser.GetAsync(edit);

            case "too old":
                app.Time.AdvanceWallClock(TimeSpan.FromHours(2));
                return await browser.GetAsync(edit);

            case "outage":
                app.Store.Fail();
                return await browser.GetAsync(PageApp.Path);

            case "outage of a change":
            {
                var form = await browser.GetAsync(revoke);
                app.Store.Fail();
                return await browser.SubmitAsync(form);
            }

            default:
                throw new ArgumentOutOfRangeException(nameof(page), page, "There is no such page.");
        }
    }
}
