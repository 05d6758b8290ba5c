using System.Net;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>A change is made by POST with its form in the body, and by nothing that could pass for it.</summary>
public sealed class VerbProbeTests
{
    private static readonly string[] Others = ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "COPY", "QUERY", "PROBE"];

    [Fact]
    public async Task A_form_by_another_method_does_nothing()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        foreach (var form in Probe.Forms)
        {
            var path = Probe.PathOf(form, (await app.CreateTokenAsync()).Token!.Id);
            var page = await browser.GetAsync(path);
            var before = await Probe.StateAsync(app);
            foreach (var method in Others)
            {
                using var content = new FormUrlEncodedContent(FormFields.Of(page.PostForm, ("name", "other"), ("scopes", "write")));

                var answer = await browser.SendAsync(new HttpMethod(method), path, method is "HEAD" or "TRACE" ? null : content);

                Assert.True(answer.IsRefusal() || answer.Status == HttpStatusCode.NotImplemented, $"{method}: {answer.Status}");
            }

            Assert.Equal(before, await Probe.StateAsync(app));
        }
    }

    [Fact]
    public async Task A_GET_with_all_of_the_form_in_its_address_does_nothing()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        foreach (var form in Probe.Forms)
        {
            var path = Probe.PathOf(form, (await app.CreateTokenAsync()).Token!.Id);
            var page = await browser.GetAsync(path);
            var before = await Probe.StateAsync(app);
            using var fields = new FormUrlEncodedContent(
                FormFields.Of(page.PostForm, ("name", "other"), ("scopes", "write"), ("_method", "POST"), ("X-HTTP-Method-Override", "POST")));
            var query = await fields.ReadAsStringAsync();
            foreach (var header in new[] { "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Probe" })
            {
                var answer = await browser.GetAsync($"{path}?{query}", (header, "POST"));

                Assert.Equal(HttpStatusCode.OK, answer.Status);
                Assert.Null(answer.Value);
            }

            Assert.Equal(before, await Probe.StateAsync(app));
        }
    }

    [Fact]
    public async Task A_POST_that_says_it_is_something_else_is_a_POST_without_its_form()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        foreach (var form in Probe.Forms)
        {
            var path = Probe.PathOf(form, (await app.CreateTokenAsync()).Token!.Id);
            var before = await Probe.StateAsync(app);
            foreach (var method in Others)
            {
                using var content = new FormUrlEncodedContent([KeyValuePair.Create("_method", method), KeyValuePair.Create("version", "1")]);

                var answer = await browser.SendAsync(HttpMethod.Post, $"{path}?_method={method}", content, ("X-HTTP-Method-Override", method));

                Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            }

            Assert.Equal(before, await Probe.StateAsync(app));
        }
    }
}
