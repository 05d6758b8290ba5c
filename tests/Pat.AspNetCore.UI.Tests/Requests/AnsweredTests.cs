using System.Net;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Pat.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>Requests to the page are counted by what they were answered, those too that nobody got an answer to.</summary>
public sealed class AnsweredTests
{
    private readonly TestOwners _owners = TestOwners.AliceAndBob();

    [Fact]
    public async Task What_the_page_answers_is_counted()
    {
        await using var app = await PageApp.StartAsync(new() { Owners = _owners });
        using var answered = app.Measure<long>("pat.management.answered");
        using var browser = await app.SignInAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        await browser.GetAsync(PageApp.Path);
        await browser.SubmitAsync(Probe.PathOf("/{0}/edit", token.Id), ("name", "other"));
        await browser.GetAsync(Probe.PathOf("/{0}/edit", Guid.Empty));
        app.Store.Fail(new InvalidOperationException("A fault."));
        await browser.GetAsync(PageApp.Path);
        app.Store.Fail();
        await browser.GetAsync(PageApp.Path);
        _owners.Remove(PageApp.Alice);
        await browser.GetAsync(PageApp.Path);

        Assert.Equal([200, 200, 303, 404, 500, 503, 401], Statuses(answered));
    }

    [Fact]
    public async Task A_caller_who_left_before_is_counted_as_that()
    {
        await using var app = await PageApp.StartAsync();
        using var answered = app.Measure<long>("pat.management.answered");
        using var browser = await app.SignInAsync();
        using var leaving = new CancellationTokenSource();
        app.Store.Before = async (method, cancellationToken) =>
        {
            if (method == nameof(IPersonalAccessTokenStore.ListAsync))
            {
                await leaving.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        };
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = browser.Cookies }) { BaseAddress = app.Address };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(PageApp.Path, leaving.Token));

        await Eventually.TrueAsync(() => answered.LastMeasurement is not null);
        Assert.Equal([499], Statuses(answered));
    }

    private static IEnumerable<object?> Statuses(MetricCollector<long> answered) =>
        answered.GetMeasurementSnapshot().Select(static one => one.Tags["http.response.status_code"]);
}
