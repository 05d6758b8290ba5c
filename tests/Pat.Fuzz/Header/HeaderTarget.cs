using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Pat.AspNetCore;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;
using static Pat.Fuzz.FuzzFailure;

namespace Pat.Fuzz;

/// <summary>The reader of the Authorization header, compared with <see cref="NaiveAuthorization"/>. Lines are joined by line feeds.</summary>
internal sealed class HeaderTarget : FuzzTarget
{
    private static readonly (string Start, string Scheme)[] Starts =
    [
        ("acme_ci_", "Other"), ("acme_", PersonalAccessTokenDefaults.AuthenticationScheme), ("pat_", PersonalAccessTokenDefaults.AuthenticationScheme),
    ];

    private readonly TestDatabase _database = TestDatabase.SqliteMemory();
    private readonly ServiceProvider _services;
    private readonly TokenSchemes _schemes;
    private readonly DefaultHttpContext _context = new();

    public HeaderTarget()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(_database.Configure);
        services
            .AddPersonalAccessTokens(options =>
            {
                options.AcceptedPrefixes.Add("acme");
                options.AcceptedPrefixes.Add("acme_ci");
            })
            .AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        services.AddAuthentication().AddPersonalAccessTokens("Other", options => options.TokenPrefixes.Add("acme_ci"));
        _services = services.BuildServiceProvider();
        _schemes = _services.GetRequiredService<TokenSchemes>();

        // What is done once, at the first use, allocates.
        Read(["Bearer pat_x"]);
        Read(["Bearer pat_x", "Basic x"]);
    }

    public override IReadOnlyList<string> Watched { get; } =
    [
        "Pat.AspNetCore.TokenSchemes.Read", "Pat.AspNetCore.TokenSchemes.ReadSeveral", "Pat.AspNetCore.TokenSchemes.FindScheme",
        "Pat.AspNetCore.TokenSchemes.HasCredentials", "Pat.AspNetCore.TokenSchemes.EndsBeforeCredentials",
        "Pat.AspNetCore.TokenSchemes.ReadCredentials", "Pat.AspNetCore.CarriedToken.get_IsAmbiguous",
    ];

    public override IReadOnlyList<string> Words { get; } =
    [
        "Bearer ", "bearer", "BEARER  ", "Basic ", "Digest ", "pat_", "acme_", "acme_ci_", "acme_cid_", "PAT_", ",", ", ", " ,", "\t", " ", "\n",
        "\u00a0", "\u2003", "\v", "realm=\"pat_\"",
    ];

    public override int DrawnShare => 60;

    public override IReadOnlyList<InputShare> Shares { get; } =
        [new("with one of our prefixes", 0.5, input => Starts.Any(start => input.Contains(start.Start, StringComparison.Ordinal)))];

    public override string Draw(Random random) => HeaderInputs.Draw(random);

    public override ValueTask TryAsync(string input, Cost cost)
    {
        var lines = input.Split('\n');
        var expected = NaiveAuthorization.Read(lines, Starts);
        _context.Request.Headers.Authorization = new StringValues(lines);
        cost.Start();
        var carried = _schemes.Read(_context);
        cost.Stop(0);

        UnlessEqual(expected.Scheme, carried.Scheme, "The scheme");
        UnlessEqual(expected.Value is null && expected.Scheme is not null, carried.IsAmbiguous, "Whether there is more than one value");
        UnlessEqual(expected.Value ?? "", carried.Value.ToString(), "The value");
        return ValueTask.CompletedTask;
    }

    private void Read(string[] lines)
    {
        _context.Request.Headers.Authorization = new StringValues(lines);
        _schemes.Read(_context);
    }

    public override async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        await base.DisposeAsync();
    }
}
