using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

/// <summary>What is sent to the database.</summary>
public sealed class StatementTests : IAsyncLifetime
{
    private readonly StatementLog _log = new();
    private readonly TransactionCount _transactions = new();
    private readonly TestDatabase _database = TestDatabase.SqliteMemory();
    private ServiceProvider _services = null!;

    private IPersonalAccessTokenStore Store => _services.GetRequiredService<IPersonalAccessTokenStore>();

    public async ValueTask InitializeAsync() =>
        _services = await StoreServices.CreateAsync<NotesDbContext>(services => services.AddDbContext<NotesDbContext>(options =>
        {
            _database.Configure(options);
            options.AddInterceptors(_log, _transactions);
        }));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_moment_is_a_parameter_so_that_a_statement_is_compiled_once()
    {
        _log.Clear();
        foreach (var days in (int[])[0, 1])
        {
            var at = SampleTokens.At(SampleTokens.Start.AddDays(days));
            await Store.EditAsync(SampleTokens.Create("owner"), at, default);
            await Store.ListAsync(new PersonalAccessTokenQuery { OwnerId = "owner", Status = PersonalAccessTokenStatus.Active }, at, default);
            await Store.RemoveAsync(new(at, TimeSpan.FromDays(1), TimeSpan.FromDays(1)), 10, null, default);
        }

        Assert.Equal(_log.Statements.Take(_log.Statements.Count / 2), _log.Statements.Skip(_log.Statements.Count / 2));
        Assert.DoesNotContain(_log.Statements, sql => sql.Contains("2026-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_and_its_total_are_one_statement()
    {
        var limits = new PersonalAccessTokenLimits(50, 100, TimeSpan.FromHours(24));
        await Store.AddAsync(SampleTokens.Create("owner"), limits, SampleTokens.At(SampleTokens.Start), default);
        _log.Clear();

        await Store.ListAsync(new PersonalAccessTokenQuery { OwnerId = "owner" }, SampleTokens.At(SampleTokens.Start), default);

        Assert.Single(_log.Statements);
    }

    [Fact]
    public async Task A_creation_is_three_statements_in_a_transaction_and_a_rotation_two()
    {
        var limits = new PersonalAccessTokenLimits(50, 100, TimeSpan.FromHours(24));
        var at = SampleTokens.At(SampleTokens.Start);
        await Store.AddAsync(SampleTokens.Create("owner"), limits, at, default);
        var token = SampleTokens.Create("owner");

        _log.Clear();
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.AddAsync(SampleTokens.Copy(token), limits, at, default));
        Assert.Equal(["UPDATE", "SELECT", "INSERT"], Verbs());

        _log.Clear();
        Assert.Equal(
            PersonalAccessTokenWriteOutcome.Done,
            await Store.RotateAsync(SampleTokens.Copy(token, rotated => rotated.Version = 2), limits, at, default));
        Assert.Equal(["UPDATE", "UPDATE"], Verbs());
    }

    [Fact]
    public async Task Last_uses_are_written_a_hundred_to_a_transaction_so_that_others_have_their_turn()
    {
        await using var scope = _services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        var tokens = Enumerable.Range(0, 250).Select(_ => SampleTokens.Create("owner")).ToList();
        context.AddRange(tokens);
        await context.SaveChangesAsync();
        _log.Clear();
        _transactions.Begun = 0;

        var outcomes = await Store.RecordUseAsync(
            [.. tokens.Select(token => new PersonalAccessTokenUse(token.Id, SampleTokens.Start, null))], TimeSpan.Zero, default);

        Assert.Equal(250, outcomes.Values.Count(outcome => outcome == PersonalAccessTokenUseOutcome.Written));
        Assert.Equal(3, _transactions.Begun);
        Assert.Equal(
            ((int[])[100, 100, 50]).SelectMany(part => Enumerable.Repeat("UPDATE", part).Prepend("SELECT")), Verbs());
    }

    [Fact]
    public async Task A_clean_up_asks_few_owners_by_their_ids_whether_they_have_tokens()
    {
        await using var scope = _services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        context.AddRange(Enumerable.Range(100, 35).Select(number =>
            new PersonalAccessTokenOwnerQuota { OwnerId = $"owner {number}", SecretsMade = 1, CountedUntil = SampleTokens.Start }));
        context.AddRange(Enumerable.Range(100, 25).Select(number => SampleTokens.Create($"owner {number}")));
        await context.SaveChangesAsync();

        _log.Clear();
        string? position = null;
        do
        {
            var batch = await Store.RemoveAsync(
                new(SampleTokens.At(SampleTokens.Start), TimeSpan.FromDays(1), TimeSpan.FromDays(1)), 10, position, default);
            position = batch.Position;
        }
        while (position is not null);

        var asking = _log.Statements.Where(sql => sql.Contains("EXISTS", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(asking);
        Assert.All(asking, sql => Assert.Contains("\"OwnerId\" IN (", sql, StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(100, 25).Select(number => $"owner {number}"),
            await context.Set<PersonalAccessTokenOwnerQuota>().Select(quota => quota.OwnerId).Order().ToListAsync());
    }

    [Fact]
    public async Task The_database_is_asked_for_its_clock()
    {
        _log.Clear();

        await Store.GetUtcNowAsync(default);

        Assert.Contains("'now'", Assert.Single(_log.Statements), StringComparison.Ordinal);
    }

    private IEnumerable<string> Verbs() => _log.Statements.Select(sql => sql.Split(' ', '\r', '\n')[0]);

    private sealed class TransactionCount : DbTransactionInterceptor
    {
        public int Begun { get; set; }

        public override ValueTask<DbTransaction> TransactionStartedAsync(
            DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
        {
            Begun++;
            return ValueTask.FromResult(result);
        }
    }
}
