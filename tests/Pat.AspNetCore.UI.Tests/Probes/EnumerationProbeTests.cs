using System.Net;
using Pat.AspNetCore.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>
/// Whether somebody else has a token with an id can't be told: not by the answer, not by the work that it took, counted in
/// statements to the database, and not by the order of its time.
/// </summary>
public sealed class EnumerationProbeTests
{
    private const int CommandExecuted = 20101;

    private const string GenuinePost = "POST of a genuine form";

    private static readonly string[] Methods = ["GET", "POST", GenuinePost];

    public static MatrixTheoryData<string, string> FormsAndMethods => new(Probe.FormsOfOne, ["GET", GenuinePost]);

    [Fact]
    public async Task Somebody_else_s_id_and_an_unknown_one_are_the_same_answer_for_the_same_work()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var mine = (await app.CreateTokenAsync()).Token!;
        var bobs = (await app.CreateTokenAsync(owner: PageApp.Bob)).Token!;
        var before = await Probe.StateAsync(app);
        foreach (var (form, method) in from form in Probe.FormsOfOne from method in Methods select (form, method))
        {
            var own = await browser.GetAsync(Probe.PathOf(form, mine.Id));

            var foreign = await AskAsync(app, browser, own, Probe.PathOf(form, bobs.Id), method);
            var unknown = await AskAsync(app, browser, own, Probe.PathOf(form, Guid.AllBitsSet), method);

            Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
            Assert.Equal(unknown, foreign);
            Assert.NotEmpty(foreign.Statements);
        }

        Assert.Equal(before, await Probe.StateAsync(app));
    }

    [Theory]
    [MemberData(nameof(FormsAndMethods))]
    public async Task Somebody_else_s_id_takes_the_time_that_an_unknown_one_does(string form, string method)
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var own = await browser.GetAsync(Probe.PathOf(form, (await app.CreateTokenAsync()).Token!.Id));
        var bobs = (await app.CreateTokenAsync(owner: PageApp.Bob)).Token!;

        await ComparedTimes.AssertSameAsync(() => AskAsync(bobs.Id), () => AskAsync(Guid.AllBitsSet), HttpStatusCode.NotFound);

        async Task<HttpStatusCode> AskAsync(Guid id)
        {
            using var content = ContentOf(own, method);
            return (await browser.SendAsync(new HttpMethod(method.Split(' ')[0]), Probe.PathOf(form, id), content)).Status;
        }
    }

    [Fact]
    public async Task Nor_does_a_notice_tell_them_apart()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var bobs = (await app.CreateTokenAsync(owner: PageApp.Bob)).Token!;
        await app.Manager.RevokeAsync(bobs.Id);
        var own = await browser.GetAsync($"{PageApp.Path}/new");

        foreach (var parameter in new[] { "saved", "revoked" })
        {
            var (toBobs, toNone) = (Probe.PathOf($"?{parameter}={{0}}", bobs.Id), Probe.PathOf($"?{parameter}={{0}}", Guid.AllBitsSet));
            var foreign = await AskAsync(app, browser, own, toBobs, "GET");
            var unknown = await AskAsync(app, browser, own, toNone, "GET");

            Assert.Equal(unknown, foreign);
            await ComparedTimes.AssertSameAsync(async () => (await browser.GetAsync(toBobs)).Status, async () => (await browser.GetAsync(toNone)).Status, HttpStatusCode.OK);
        }
    }

    private static FormUrlEncodedContent? ContentOf(WebPage own, string method) =>
        method == GenuinePost ? new FormUrlEncodedContent(FormFields.Of(own.PostForm, ("name", "x"))) : null;

    /// <summary>The whole answer, save what differs between any two, and what was asked of the database for it.</summary>
    private static async Task<(HttpStatusCode Status, string Headers, string Html, string Statements)> AskAsync(
        PageApp app, Browser browser, WebPage own, string path, string method)
    {
        app.Logs.Clear();
        using var content = ContentOf(own, method);
        var answer = await browser.SendAsync(new HttpMethod(method.Split(' ')[0]), path, content);
        var headers = answer.Headers.Where(header => header.Key is not "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order();
        var statements = app.Logs.GetSnapshot()
            .Where(record => record.Id.Id == CommandExecuted)
            .Select(record => record.StructuredState!.Single(pair => pair.Key == "commandText").Value!.ReplaceLineEndings(" "));
        return (answer.Status, string.Join('\n', headers), answer.Html, string.Join('\n', statements));
    }
}
