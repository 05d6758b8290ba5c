using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Pat.AspNetCore.Tests;

/// <summary>What became of tokens stands in the log with their ids, the address and the reason (OWASP ASVS 5.0, 16.3).</summary>
public sealed class SecurityLogTests
{
    private const string Address = "203.0.113.7";

    [Fact]
    public async Task A_refusal_is_told_with_id_reason_and_address()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await app.Manager.RevokeAsync(created.Token!.Id);

        await app.StatusFromAsync(Address, created.Value!);
        await app.StatusFromAsync(Address, "pat_garbage");

        var id = PersonalAccessTokenFormat.FormatId(created.Token.Id);
        Assert.Equal($"Token {id} was refused: Revoked. It came to HTTP: GET {UsualEndpoints.Read} from {Address}.", Single(app, 100).Message);
        Assert.Equal($"11 characters that begin with a token's prefix were refused: they are no token. They came to HTTP: GET {UsualEndpoints.Read} from {Address}.", Single(app, 102).Message);
    }

    [Fact]
    public async Task The_first_acceptance_on_a_node_is_told_and_no_other()
    {
        await using var app = await StartAsync();
        var cold = await TokenValues.StoreColdAsync(app);
        Assert.Equal(HttpStatusCode.OK, await app.StatusFromAsync(Address, cold));
        Assert.Equal(HttpStatusCode.OK, await app.StatusFromAsync(Address, cold));

        Assert.True(PersonalAccessTokenFormat.TryParse(cold, out var parts));
        Assert.Equal(
            $"Token {PersonalAccessTokenFormat.FormatId(parts.Id)} was accepted, for the first time on this node. It came from {Address}.",
            Single(app, 104).Message);
    }

    [Fact]
    public async Task Missing_scopes_closed_endpoints_and_two_credentials_are_told()
    {
        await using var app = await StartAsync();
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var forbidden = await app.PostAsync(UsualEndpoints.Write, created.Value!);
        using var closed = await app.GetFromAsync(Address, created.Value!, UsualEndpoints.Closed);
        using var both = await app.GetFromAsync(Address, $"{created.Value}, Bearer {created.Value}");

        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.StartsWith(
            $"Token {PersonalAccessTokenFormat.FormatId(created.Token!.Id)} lacks write for ", Single(app, 106).Message, StringComparison.Ordinal);
        Assert.Contains(Address, Single(app, 101).Message, StringComparison.Ordinal);
        Assert.EndsWith("or AllowAnyToken().", Single(app, 101).Message, StringComparison.Ordinal);
        Assert.Equal($"A token was refused: it came together with other credentials, from {Address}.", Single(app, 105).Message);
    }

    [Theory]
    [InlineData("Authorization: {0}", "Authorization")]
    [InlineData("Authorization: Token {0}", "Authorization")]
    [InlineData("Authorization: Bearer \"{0}\"", "Authorization")]
    [InlineData("Authorization: Bearer Bearer {0}", "Authorization")]
    [InlineData("X-Api-Key: {0}", "X-Api-Key")]
    [InlineData("PRIVATE-TOKEN: {0}", "Private-Token")]
    public async Task A_token_where_none_is_read_is_told_without_its_value(string line, string header)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");

        var (status, challenges) = await RawRequest.GetAsync(
            app, UsualEndpoints.Read, [line.Replace("{0}", token, StringComparison.Ordinal)]);

        Assert.Equal((401, "Bearer"), (status, Assert.Single(challenges)));
        Assert.Equal(
            $"A request to HTTP: GET {UsualEndpoints.Read} from 127.0.0.1 has something like a token in {header}, where none is read. Send it as it is in one header: Authorization: Bearer TOKEN.",
            Single(app, 112).Message);
    }

    [Theory]
    [InlineData("Authorization: Bearer eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("Authorization: Basic YWxpY2U6c2VjcmV0")]
    [InlineData("X-Api-Key: secret")]
    public async Task What_others_read_is_not_told(string line)
    {
        await using var app = await StartAsync();

        var (status, _) = await RawRequest.GetAsync(app, UsualEndpoints.Read, [line]);

        Assert.Equal(401, status);
        Assert.DoesNotContain(app.Logs.GetSnapshot(), static entry => entry.Id.Id == 112);
    }

    [Fact]
    public async Task What_manages_tokens_is_not_advised_to_take_them()
    {
        await using var app = await Management.StartAsync();
        var created = await app.CreatedAsync(await app.SignInAsync());

        using var response = await app.SendAsync(HttpMethod.Get, Management.Path, created.Text("token"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.EndsWith("That is meant: it manages tokens, or states RefuseTokens().", Single(app, 101).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asked_to_change_tokens_from_where_and_what_became_of_it_is_told()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);
        var path = $"{Management.Path}/{created.Text("id")}";
        using (await app.SendAsync(HttpMethod.Delete, path, cookie: cookie))
        using (await app.SendAsync(HttpMethod.Delete, $"{Management.Path}/{PersonalAccessTokenFormat.FormatId(Guid.CreateVersion7(app.Time.GetUtcNow()))}", cookie: cookie))
        using (await app.SendAsync(HttpMethod.Get, path, cookie: cookie))
        {
            Assert.Equal(
                [
                    "alice asked to manage tokens by HTTP: POST /api/auth/access_tokens/ from 127.0.0.1, and was answered 201.",
                    "alice asked to manage tokens by HTTP: DELETE /api/auth/access_tokens/{id} from 127.0.0.1, and was answered 204.",
                    "alice asked to manage tokens by HTTP: DELETE /api/auth/access_tokens/{id} from 127.0.0.1, and was answered 404.",
                ],
                app.Logs.GetSnapshot().Where(record => record.Id.Id == 504).Select(record => record.Message));
        }

        Assert.Contains(app.Logs.GetSnapshot(), record => record.Message == $"Token {created.Text("id")} of alice revoked.");
    }

    [Fact]
    public async Task A_change_that_nobody_can_say_the_outcome_of_is_told_too()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        app.Store.Fail(nameof(IPersonalAccessTokenStore.RevokeAllAsync));

        using var response = await app.SendAsync(HttpMethod.Delete, Management.Path, cookie: cookie);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.EndsWith("DELETE /api/auth/access_tokens/ from 127.0.0.1, and was answered 503.", Single(app, 504).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_changes_itself_is_told_by_its_id()
    {
        await using var app = await Management.StartAsync();
        var created = await app.CreatedAsync(await app.SignInAsync());

        using var response = await app.SendAsync(HttpMethod.Delete, $"{Management.Path}/self", created.Text("token"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.StartsWith(
            $"Token {created.Text("id")} asked to manage tokens by ",
            app.Logs.GetSnapshot().Last(record => record.Id.Id == 504).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pat_%0aINJECTED")]
    [InlineData("pat_\u001b[31mINJECTED")]
    public async Task What_a_caller_sends_is_in_no_line_of_it(string value)
    {
        await using var app = await StartAsync();
        using var response = await app.GetAsync($"{UsualEndpoints.Closed}?INJECTED%0d%0aINJECTED", authorization: $"Bearer {value}");
        using var other = await app.GetAsync("/INJECTED%0d%0aINJECTED", authorization: $"Bearer {value}");
        using var open = await app.GetAsync(UsualEndpoints.Read, authorization: $"Bearer {value}");

        var own = app.Logs.GetSnapshot().Where(record => record.Category?.StartsWith("Pat", StringComparison.Ordinal) == true).ToList();
        Assert.DoesNotContain(own, record => record.Message.Contains("INJECTED", StringComparison.Ordinal));
        Assert.DoesNotContain(own, record => record.Message.Any(char.IsControl));
    }

    [Fact]
    public void Refusals_fill_no_more_than_a_budget_of_the_log_and_what_is_left_out_is_counted()
    {
        var time = new FakeTimeProvider();
        var logger = new FakeLogger<PersonalAccessTokenHandler>();
        var log = LogTo(logger, time);
        var context = new DefaultHttpContext();
        for (var i = 0; i < SecondBudget.PerSecond + 70; i++)
        {
            log.Refused(TokenVerdict.Malformed, 11, context);
        }

        Assert.Equal(SecondBudget.PerSecond, logger.Collector.Count);
        time.Advance(TimeSpan.FromSeconds(1));
        log.Refused(TokenVerdict.Malformed, 11, context);
        log.Refused(TokenVerdict.Malformed, 11, context);

        var told = logger.Collector.GetSnapshot().Skip(SecondBudget.PerSecond).ToList();
        Assert.Equal([107, 102, 102], told.Select(record => record.Id.Id));
        Assert.Equal(LogLevel.Warning, told[0].Level);
        Assert.StartsWith("70 more refusals", told[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_refused_requests_fills_no_more_of_the_log_than_that_in_any_category_of_ours()
    {
        await using var app = await StartAsync();
        app.Logs.Clear();
        for (var i = 0; i < 150; i++)
        {
            // Within the second, and slowly enough that none of them waits for company.
            app.Time.Advance(TimeSpan.FromMilliseconds(5));
            Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusFromAsync(Address, TokenValues.OfUnknownId()));
        }

        app.Time.Advance(TimeSpan.FromSeconds(1));
        await app.StatusFromAsync(Address, TokenValues.OfUnknownId());

        var told = app.Logs.GetSnapshot()
            .Where(record => record.Category?.StartsWith("Pat", StringComparison.Ordinal) == true && record.Level >= LogLevel.Information)
            .GroupBy(record => record.Id.Id)
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(new() { [100] = SecondBudget.PerSecond + 1, [107] = 1 }, told);
    }

    [Fact]
    public void Addresses_that_are_turned_away_fill_no_more_than_a_budget_of_their_own()
    {
        var logger = new FakeLogger<PersonalAccessTokenHandler>();
        var log = LogTo(logger, new FakeTimeProvider());
        for (var i = 0; i < SecondBudget.PerSecond * 2; i++)
        {
            log.Refused(TokenVerdict.Malformed, 11, new DefaultHttpContext());
            log.Limited(AddressBlock.Of(new IPAddress(i))!.Value, 60);
        }

        Assert.Equal(SecondBudget.PerSecond, logger.Collector.GetSnapshot().Count(record => record.Id.Id == 103));
    }

    [Fact]
    public void Noise_hides_no_refusal_of_a_token_that_was_genuine()
    {
        var logger = new FakeLogger<PersonalAccessTokenHandler>();
        var log = LogTo(logger, new FakeTimeProvider());
        for (var i = 0; i < SecondBudget.PerSecond * 2; i++)
        {
            log.Refused(TokenVerdict.Malformed, 11, new DefaultHttpContext());
        }

        log.Refused(TokenVerdict.Refused(Guid.Empty, PersonalAccessTokenRefusal.Revoked, VerdictSource.Store), 76, new DefaultHttpContext());

        Assert.Equal(100, logger.LatestRecord.Id.Id);
    }

    [Fact]
    public async Task Requests_that_are_refused_for_something_else_than_their_token_are_counted_by_what_it_is()
    {
        await using var app = await StartAsync();
        using var refused = app.Measure<long>("pat.requests.refused");
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var forbidden = await app.PostAsync(UsualEndpoints.Write, created.Value!);
        using var closed = await app.GetFromAsync(Address, created.Value!, UsualEndpoints.Closed);
        using var both = await app.GetFromAsync(Address, $"{created.Value}, Bearer {created.Value}");
        using var accepted = await app.GetFromAsync(Address, created.Value!);

        Assert.Equal(
            ["missing_scopes", "closed_endpoint", "other_credentials"], refused.GetMeasurementSnapshot().Select(static one => one.Tags["reason"]));
    }

    [Fact]
    public async Task Requests_to_manage_tokens_are_counted_by_their_answers_and_refusals_to_show_them_are_told()
    {
        await using var app = await Management.StartAsync(tokens: options => options.MaxSecretsPerOwnerPerDay = 1);
        using var answered = app.Measure<long>("pat.management.answered");
        var cookie = await app.SignInAsync();
        await app.CreatedAsync(cookie);
        using var list = await app.SendAsync(HttpMethod.Get, Management.Path, cookie: cookie);
        using var tooMany = await app.SendAsync(HttpMethod.Get, $"{Management.Path}?pageSize=101", cookie: cookie);
        using var foreign = await app.SendAsync(HttpMethod.Delete, Management.Path, cookie, content: null, ("Origin", "https://evil.example"));

        using var tooLong = await app.CreateAsync(cookie, Management.Good + new string(' ', 16 * 1024));
        using var tooOften = await app.CreateAsync(cookie);

        Assert.Equal([201, 200, 400, 403, 413, 429], answered.GetMeasurementSnapshot().Select(static one => one.Tags["http.response.status_code"]));
        Assert.Equal(
            ["201", "400", "403", "413", "429"],
            app.Logs.GetSnapshot().Where(record => record.Id.Id == 504).Select(record => record.GetStructuredStateValue("Status")));
    }

    [Fact]
    public async Task What_else_the_management_API_answers_is_counted_too()
    {
        await using var app = await Management.StartAsync();
        using var answered = app.Measure<long>("pat.management.answered");
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");
        using var unknown = await app.SendAsync(HttpMethod.Get, $"{Management.Path}/{PersonalAccessTokenFormat.FormatId(Guid.Empty)}", cookie: cookie);
        using var changed = await app.EditAsync(cookie, id, "{}", ("If-Match", "\"99\""));
        using var text = await app.SendAsync(HttpMethod.Post, Management.Path, cookie, new StringContent("{}"));
        using var revoked = await app.SendAsync(HttpMethod.Delete, $"{Management.Path}/{id}", cookie: cookie);
        using var over = await app.RotateAsync(cookie, id);
        app.Store.Fail();
        using var outage = await app.SendAsync(HttpMethod.Get, Management.Path, cookie: cookie);

        Assert.Equal(
            [201, 404, 412, 415, 204, 409, 503], answered.GetMeasurementSnapshot().Select(static one => one.Tags["http.response.status_code"]));
    }

    private static SecurityLog LogTo(ILogger<PersonalAccessTokenHandler> logger, TimeProvider time) =>
        new(logger, new PatMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()), time);

    private static FakeLogRecord Single(TestApp app, int id) => Assert.Single(app.Logs.GetSnapshot(), record => record.Id.Id == id
        && record.Category?.StartsWith("Pat", StringComparison.Ordinal) == true);

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(UsualEndpoints.Map, pipeline: Addresses.Pipeline);
}
