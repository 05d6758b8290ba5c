namespace Pat.AspNetCore.UI.Tests;

public sealed class SecrecyTests
{
    public static TheoryData<HostKind> Kinds => Hosts.All;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Row_22_No_value_is_in_any_log_whatever_its_level(HostKind kind)
    {
        await using var app = await PageApp.StartAsync(new() { Host = kind });
        using var browser = await app.SignInAsync();

        var created = await browser.SubmitAsync($"{PageApp.Path}/new", ("name", "laptop"), ("scopes", "read"));
        var list = await browser.GetAsync(PageApp.Path);
        var rotated = await browser.SubmitAsync(list.Link("Rotate"), ("overlap", "3600"));

        Assert.NotEmpty(app.Logs.GetSnapshot());
        foreach (var value in new[] { created.Value!, rotated.Value! })
        {
            var secret = value[^49..];
            Assert.DoesNotContain(app.Logs.GetSnapshot(), entry =>
                $"{entry.Message} {entry.Exception} {string.Join(' ', entry.StructuredState ?? [])}".Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task No_page_after_the_first_holds_the_value_or_anything_of_it()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var created = await browser.SubmitAsync($"{PageApp.Path}/new", ("name", "laptop"), ("scopes", "read"));
        var list = await browser.GetAsync(PageApp.Path);
        var token = Assert.Single(await app.TokensAsync());

        foreach (var path in new[] { PageApp.Path, list.Link("Edit"), list.Link("Rotate"), list.Link("Revoke") })
        {
            var html = (await browser.GetAsync(path)).Html;
            Assert.DoesNotContain(created.Value![^49..], html, StringComparison.Ordinal);
            Assert.DoesNotContain(token.SecretHash, html, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexStringLower(token.SecretTag), html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void What_holds_a_value_does_not_say_it()
    {
        var token = new PersonalAccessToken { Name = "laptop" };
        var value = new TokenValue(token, "pat_secret", "curl pat_secret");

        Assert.Equal(token.ToString(), value.ToString());
        Assert.DoesNotContain("pat_secret", $"{Page.Of<UI.Components.TokenValuePage>("title", value)}", StringComparison.Ordinal);
    }
}
