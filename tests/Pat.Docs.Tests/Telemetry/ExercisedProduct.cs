using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pat.AspNetCore;
using Pat.AspNetCore.TestSupport;
using TestFeed = Pat.TestSupport.TestFeed;

namespace Pat.Docs.Tests;

/// <summary>What an application, in which everything happens once that a figure or a span tells of, was heard to say.</summary>
public sealed class ExercisedProduct : IAsyncLifetime
{
    private readonly SeenInstruments _instruments = new();
    private readonly SeenSpans _spans = new();
    private readonly TestFeed _feed = new();
    private readonly TestOwners _owners = TestOwners.AliceAndBob();
    private TestApp _app = null!;

    internal IReadOnlyCollection<SeenInstrument> Instruments => _instruments.All;

    internal SeenSpans Spans => _spans;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(
            static app =>
            {
                UsualEndpoints.Map(app);
                app.MapPersonalAccessTokens();
            },
            tokens: options =>
            {
                options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Argon2id;
                SecretHashers.Small(options.Hashing);
                options.MaxFailuresPerAddressPerMinute = 5;
                options.Retention = TimeSpan.Zero;
            },
            services: builder => builder.Services
                .AddSingleton<IPersonalAccessTokenChangeFeed>(_feed)
                .AddSingleton<IPersonalAccessTokenOwnerSource>(_owners));
        await Eventually.TrueAsync(() => _feed.Connections == 1);

        await ListenAsync();
        await UseTokensAsync();
        await FailAsync();
        _instruments.Collect();
        await Eventually.TrueAsync(() => _spans.All.Any(static span => span.OperationName == PatActivities.FeedCatchUp));

        // What is emitted from now on is that of the tests.
        await _app.DisposeAsync();
        _instruments.Dispose();
        _spans.Dispose();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The life of tokens: made, used for the first time and again, replaced, ended, removed.</summary>
    private async Task UseTokensAsync()
    {
        var created = await _app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await PresentAsync(created.Value!);
        await PresentAsync(created.Value!, UsualEndpoints.Closed);
        await PresentAsync(created.Value!, $"{Management.Path}/self");
        await _app.Manager.NotifyOwnerChangedAsync(TestApp.Alice);
        await PresentAsync(created.Value!);
        await PresentAsync(await TokenValues.StoreColdAsync(_app));

        await Get<StateRefresher>().RefreshAllAsync(CancellationToken.None);
        await Get<UsageWriter>().FlushAsync(CancellationToken.None);

        var connections = Get<OpenConnections>();
        var verdict = await Get<PersonalAccessTokenVerifier>().VerifyAsync(created.Value!, CancellationToken.None);
        using var connection = connections.Open(verdict.State!, isPrevious: false, "an address");
        var ended = connection.Ended;
        await _app.Manager.RotateAsync(TestApp.Alice, created.Token!.Id, new PersonalAccessTokenRotation());
        await _app.Manager.RevokeAsync(created.Token.Id);
        await connections.JudgeAllAsync(CancellationToken.None);
        Assert.True(ended.IsCancellationRequested);

        // Five that are no genuine token, the first one after a hash by SHA-256, and one more, which is not looked at.
        await PresentAsync(await TokenValues.StoreColdAsync(_app, "$sha256$" + Convert.ToBase64String(new byte[32]).TrimEnd('=')));
        await PresentAsync("pat_garbage");
        await PresentAsync(TokenValues.OfUnknownId());
        await PresentAsync(TokenValues.WithWrongSecret(created.Value!));
        await PresentAsync(TokenValues.OfUnknownId());
        await PresentAsync(TokenValues.OfUnknownId());
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Get<PersonalAccessTokenCleanup>().RunAsync());
    }

    /// <summary>What other nodes say, one of them before its time.</summary>
    private async Task ListenAsync()
    {
        var late = PersonalAccessTokenNotice.OfChange(
            new PersonalAccessTokenNode(), PersonalAccessTokenChange.OfOwner(TestApp.Alice), _app.Time.GetUtcNow().AddHours(1));
        _feed.Send(late.ToString());
        await Eventually.TrueAsync(() => _instruments.IsEmitted("pat.revocation.early_notices"));
    }

    /// <summary>A store that answers nothing any more. Last uses are more than there is room for.</summary>
    private async Task FailAsync()
    {
        var token = await _app.CreateTokenAsync("read");
        await _app.Manager.NotifyOwnerChangedAsync(TestApp.Alice);
        var now = _app.Time.GetUtcNow();
        for (var i = 0; i <= UsageRecorder.Capacity; i++)
        {
            Get<UsageRecorder>().Record(new PersonalAccessTokenUse(Guid.CreateVersion7(now), now, null));
        }

        _app.Store.Fail();
        await PresentAsync(token);
        await Get<UsageWriter>().FlushAsync(CancellationToken.None);
    }

    private async Task PresentAsync(string token, string path = UsualEndpoints.Read)
    {
        using var response = await _app.GetAsync(path, token);
    }

    private T Get<T>()
        where T : notnull =>
        _app.Services.GetRequiredService<T>();
}
