using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Pat.AspNetCore.Tests;

/// <summary>
/// Whether an id is somebody's can't be told: not by the answer (ManagementAccessTests, RefusalTests), not by the work that it took,
/// counted in statements to the database and in hashes, and not by the order of its time.
/// </summary>
public sealed class EnumerationProbeTests
{
    private const int CommandExecuted = 20101;

    /// <summary>Every route that an id can be given to, in its path or in a parameter, with an unknown one.</summary>
    public static TheoryData<string, string, string?> RoutesWithIds =>
    [
        .. SessionRoutes.All().Where(static route => route.Path.Contains(SessionRoutes.UnknownId, StringComparison.Ordinal))
            .Select(static route => (route.Method.Method, route.Path, route.Body)),
        ("DELETE", $"{Management.Path}?except={SessionRoutes.UnknownId}", null),
    ];

    [Fact]
    public async Task Somebody_else_s_id_costs_what_an_unknown_one_does_on_every_route()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var bobs = PersonalAccessTokenFormat.FormatId((await app.CreateTokenAsync(TestApp.Bob, ["read"])).Token!.Id);
        var calls = new[] { bobs, SessionRoutes.UnknownId }
            .Select(id => SessionRoutes.All(id).Where(route => route.Path.Contains(id, StringComparison.Ordinal)).ToList()).ToList();

        foreach (var (toBobs, toNone) in calls[0].Zip(calls[1]))
        {
            var foreign = await WorkOfAsync(app, () => app.SendAsync(toBobs, cookie), HttpStatusCode.NotFound);
            var unknown = await WorkOfAsync(app, () => app.SendAsync(toNone, cookie), HttpStatusCode.NotFound);

            Assert.NotEmpty(foreign);
            Assert.Equal(unknown, foreign);
        }
    }

    [Fact]
    public async Task So_it_does_where_a_parameter_names_it()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var bobs = PersonalAccessTokenFormat.FormatId((await app.CreateTokenAsync(TestApp.Bob, ["read"])).Token!.Id);

        var foreign = await WorkOfAsync(
            app, () => app.SendAsync(HttpMethod.Delete, $"{Management.Path}?except={bobs}", cookie: cookie), HttpStatusCode.BadRequest);
        var unknown = await WorkOfAsync(
            app, () => app.SendAsync(HttpMethod.Delete, $"{Management.Path}?except={SessionRoutes.UnknownId}", cookie: cookie), HttpStatusCode.BadRequest);

        Assert.Equal(unknown, foreign);
        Assert.Null(Assert.Single((await app.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = TestApp.Bob })).Items).RevokedAt);
    }

    [Fact]
    public async Task A_wrong_secret_costs_what_an_unknown_id_does_and_no_hash()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await TokenValues.StoreColdAsync(app);

        var wrong = await WorkOfAsync(app, () => app.GetAsync(UsualEndpoints.Read, TokenValues.WithWrongSecret(token)), HttpStatusCode.Unauthorized);
        var unknown = await WorkOfAsync(app, () => app.GetAsync(UsualEndpoints.Read, TokenValues.OfUnknownId()), HttpStatusCode.Unauthorized);

        Assert.Equal(["statement"], wrong.Select(static work => work.Split(':')[0]));
        Assert.Equal(unknown, wrong);
    }

    [Theory]
    [MemberData(nameof(RoutesWithIds))]
    public async Task Somebody_else_s_id_takes_the_time_that_an_unknown_one_does(string method, string path, string? body)
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var bobs = PersonalAccessTokenFormat.FormatId((await app.CreateTokenAsync(TestApp.Bob, ["read"])).Token!.Id);
        var toBobs = path.Replace(SessionRoutes.UnknownId, bobs, StringComparison.Ordinal);

        await ComparedTimes.AssertSameAsync(
            () => SendAsync(toBobs), () => SendAsync(path), path.Contains('?', StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound);

        Task<HttpStatusCode> SendAsync(string to) => app.SendAsync((new HttpMethod(method), to, body, CanWiden: false), cookie).StatusAsync();
    }

    [Fact]
    public async Task A_wrong_secret_takes_the_time_that_an_unknown_id_does()
    {
        await using var app = await TestApp.StartAsync(
            UsualEndpoints.Map, tokens: options => options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Argon2id);
        var wrong = TokenValues.WithWrongSecret(await TokenValues.StoreColdAsync(app));

        await ComparedTimes.AssertSameAsync(
            () => PresentAsync(wrong), () => PresentAsync(TokenValues.OfUnknownId()), HttpStatusCode.Unauthorized);

        Task<HttpStatusCode> PresentAsync(string value)
        {
            // So slowly that neither waits for company.
            app.Time.Advance(TimeSpan.FromMilliseconds(5));
            return app.GetAsync(UsualEndpoints.Read, value).StatusAsync();
        }
    }

    /// <summary>The statements and hashes that a request took.</summary>
    private static async Task<string[]> WorkOfAsync(TestApp app, Func<Task<HttpResponseMessage>> send, HttpStatusCode expected)
    {
        using var hashes = app.Measure<double>("pat.verification.hash.duration");
        app.Logs.Clear();
        using var response = await send();
        Assert.Equal(expected, response.StatusCode);
        return
        [
            .. app.Logs.GetSnapshot().Where(record => record.Id.Id == CommandExecuted)
                .Select(record => $"statement: {record.StructuredState!.Single(pair => pair.Key == "commandText").Value}"),
            .. hashes.GetMeasurementSnapshot().Select(static _ => "hash"),
        ];
    }
}
