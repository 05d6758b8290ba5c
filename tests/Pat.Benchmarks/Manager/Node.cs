using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pat.EntityFrameworkCore;

namespace Pat.Benchmarks;

/// <summary>The product without a web application, as one node of many has it: what it has proven, it has proven itself.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly StatementCount _statements = new();

    /// <param name="database">Where tokens are kept.</param>
    /// <param name="algorithm">How secrets are hashed.</param>
    /// <param name="hasOwners">Whether owners have claims.</param>
    /// <param name="configure">Sets further options.</param>
    public Node(
        Database database,
        PersonalAccessTokenHashAlgorithm algorithm,
        bool hasOwners = false,
        Action<PersonalAccessTokenOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(options =>
        {
            database.Configure(options);
            options.AddInterceptors(_statements);
        });
        var tokens = services.AddPersonalAccessTokenCore(options =>
        {
            options.Hashing.Algorithm = algorithm;
            configure?.Invoke(options);
        }).AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        if (database.IsPostgreSql)
        {
            tokens.UsePostgreSql();
        }

        if (hasOwners)
        {
            tokens.AddOwnerSource<Owners>();
        }

        _services = services.BuildServiceProvider();
    }

    public PersonalAccessTokenManager Manager => _services.GetRequiredService<PersonalAccessTokenManager>();

    public PersonalAccessTokenCleanup Cleanup => _services.GetRequiredService<PersonalAccessTokenCleanup>();

    public IPersonalAccessTokenStore Store => _services.GetRequiredService<IPersonalAccessTokenStore>();

    /// <summary>The statements sent so far.</summary>
    public long Statements => _statements.Count;

    public async Task CreateTablesAsync()
    {
        await using var context = await _services
            .GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
        await context.Database.EnsureCreatedAsync();
    }

    /// <summary>Creates tokens, each of an owner of its own, and returns their values.</summary>
    public async Task<IReadOnlyList<string>> IssueAsync(int count)
    {
        var values = new string[count];
        await Parallel.ForAsync(0, count, async (number, cancellationToken) =>
        {
            var result = await Manager.CreateAsync(
                new PersonalAccessTokenCreation
                {
                    OwnerId = Subject.Id(number),
                    Name = "benchmark",
                    Scopes = ["write"],
                    ExpiresAt = TimeProvider.System.GetUtcNow() + Subject.Lifetime,
                },
                cancellationToken);
            values[number] = result.Value ?? throw new InvalidOperationException($"No token was created: {result.Failure}.");
        });
        return values;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
