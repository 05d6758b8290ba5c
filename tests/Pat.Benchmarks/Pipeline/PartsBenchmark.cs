using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Pat.AspNetCore;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>
/// Where the time of a request with a proven token goes: each part of the handler's work alone, again and again, beside the
/// whole request and its floor. Alone a part finds its data in the nearest cache, so the parts are less than their sum.
/// </summary>
internal sealed class PartsBenchmark(bool isQuick) : IAsyncDisposable
{
    private const int Turn = 1_000;

    private readonly int _rounds = isQuick ? 3 : 9;
    private readonly int _turns = isQuick ? 2 : 200;
    private readonly Random _order = new(1);
    private readonly List<IAsyncDisposable> _running = [];

    public async Task<Report> RunAsync()
    {
        var pat = await StartAsync(new PatContender("pat", CreateDatabase(), hasOwners: true));
        var floor = await StartAsync(new FloorInPlace("floor", await pat.SendAsync(FloorAnswer.Of), CreateDatabase()));
        var parts = await pat.SendAsync(context => PartsOf(pat.Services, context));
        List<Part> all = [.. parts, new("request, floor", count => Repeat(count, floor)), new("request, pat", count => Repeat(count, pat))];
        Measure(all);

        var table = new FigureTable(
            "parts", "Each part alone, and the whole request with it", "part", "ns", "ns range", "bytes", "by floor");
        var whole = all.Single(part => part.Name == "request, floor").Time.Median;
        foreach (var part in all)
        {
            table.Add(part.Name, part.Time.Median, part.Time.Range, part.Bytes, part.Time.Median / whole);
        }

        return new Report("parts", isQuick)
        {
            Settings = { ["rounds"] = $"{_rounds}, each {_turns} turns of {Turn}" },
            Tables = { table },
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_running))
        {
            await one.DisposeAsync();
        }
    }

    /// <summary>The work of the handler for <paramref name="context"/>, in its order.</summary>
    private static List<Part> PartsOf(IServiceProvider services, HttpContext context)
    {
        const string Scheme = PersonalAccessTokenDefaults.AuthenticationScheme;
        var schemes = services.GetRequiredService<TokenSchemes>();
        var access = services.GetRequiredService<TokenAccess>();
        var verifier = services.GetRequiredService<PersonalAccessTokenVerifier>();
        var cache = services.GetRequiredService<VerificationCache>();
        var clock = services.GetRequiredService<TimeProvider>();
        var options = services.GetRequiredService<IOptionsMonitor<PersonalAccessTokenAuthenticationOptions>>().Get(Scheme);
        var authorization = context.Request.Headers.Authorization;
        var endpoint = context.GetEndpoint();

        // Another context of the same form, which outlives the request.
        context = new DefaultHttpContext();
        context.SetEndpoint(endpoint);
        context.Request.Headers.Authorization = authorization;
        var token = authorization.ToString()["Bearer ".Length..];
        PersonalAccessTokenFormat.TryReadId(token, out var id);
        verifier.TryVerify(token, out var verdict);
        var accepted = AcceptedToken.Of(verdict, Scheme, options);
        return
        [
            Part.Of("the header and whose token it is", () => schemes.Read(context).Scheme is not null),
            Part.Of("whether the endpoint takes tokens", () => access.IsKnownToBeOpen(context, Scheme)),
            Part.Of("SHA-256 of the token", () => SecretDigest.Of(token).Tag == 0),
            Part.Of("the id and what is known of it", () => PersonalAccessTokenFormat.TryReadId(token, out var read) && cache.Find(read) is not null),
            Part.Of("two clocks", () => clock.GetUtcNow().Ticks + clock.GetTimestamp() > 0),
            Part.Of("the whole judgement, these three within", () => verifier.TryVerify(token, out _)),
            Part.Of("noting the use", () => Note(verifier, verdict)),
            Part.Of("identity and principal", () => accepted.CreatePrincipal() is not null),
            Part.Of("an empty identity and principal of the framework", () => new ClaimsPrincipal(new ClaimsIdentity(Scheme)) is not null),
            Part.Of("properties, ticket and result", () => Succeed(context.User, accepted.CreateProperties(), Scheme)),
            Part.Of("the framework's own ticket and result", () => Succeed(context.User, null, Scheme)),
        ];
    }

    private static bool Note(PersonalAccessTokenVerifier verifier, in TokenVerdict verdict)
    {
        verifier.NoteUse(verdict, null);
        return true;
    }

    private static bool Succeed(ClaimsPrincipal principal, AuthenticationProperties? properties, string scheme) =>
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, properties, scheme))).IsCompleted;

    private static void Repeat(int count, PipelineApplication application)
    {
        for (var request = 0; request < count; request++)
        {
            application.Send();
        }
    }

    private void Measure(List<Part> parts)
    {
        parts.ForEach(part => part.Run(_turns * Turn / 2));
        Part[] shuffled = [.. parts];
        for (var round = 0; round < _rounds; round++)
        {
            for (var turn = 0; turn < _turns; turn++)
            {
                _order.Shuffle(shuffled);
                foreach (var part in shuffled)
                {
                    part.Measure(Turn);
                }
            }

            parts.ForEach(part => part.EndRound());
        }
    }

    private async Task<PipelineApplication> StartAsync(IContender contender)
    {
        var application = await PipelineApplication.StartAsync(contender);
        _running.Add(application);
        return application;
    }

    private Database CreateDatabase()
    {
        var database = TestDatabase.SqliteMemory();
        _running.Add(database);
        return Database.Of(database);
    }

    private sealed class Part(string name, Action<int> run)
    {
        private readonly List<double> _nanoseconds = [];
        private long _ticks;
        private long _allocated;
        private long _count;

        public string Name => name;

        public Series Time => new(_nanoseconds);

        public double Bytes { get; private set; }

        public static Part Of(string name, Func<bool> work) => new(name, count =>
        {
            for (var number = 0; number < count; number++)
            {
                work();
            }
        });

        public void Run(int count) => run(count);

        public void Measure(int count)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            run(count);
            _ticks += Stopwatch.GetTimestamp() - started;
            _allocated += GC.GetAllocatedBytesForCurrentThread() - bytes;
            _count += count;
        }

        public void EndRound()
        {
            _nanoseconds.Add(Stopwatch.GetElapsedTime(0, _ticks).TotalNanoseconds / _count);
            Bytes = (double)_allocated / _count;
            (_ticks, _allocated, _count) = (0, 0, 0);
        }
    }
}
