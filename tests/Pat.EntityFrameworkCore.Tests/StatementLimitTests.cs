using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

/// <summary>Statements that requests wait for are given up by the driver too, so that nobody's patience holds a connection.</summary>
public sealed class StatementLimitTests : IAsyncDisposable
{
    private readonly TestDatabase _database = TestDatabase.SqliteFile();

    [Theory]
    [InlineData(100, 1)]
    [InlineData(2_000, 2)]
    [InlineData(2_500, 3)]
    public async Task Those_of_requests_are_given_the_stores_time_in_whole_seconds(int milliseconds, int expected)
    {
        var limits = new Limits();
        await using var services = await CreateAsync(limits, milliseconds);
        var store = services.GetRequiredService<IPersonalAccessTokenStore>();

        await store.FindAsync([Guid.AllBitsSet], default);
        await store.RevokeAsync(Guid.AllBitsSet, SampleTokens.Start, null, default);

        Assert.Equal([expected, expected], limits.Seen);
    }

    [Fact]
    public async Task Those_of_the_clean_up_are_given_half_a_minute()
    {
        var limits = new Limits();
        await using var services = await CreateAsync(limits, 2_000);

        await services.GetRequiredService<IPersonalAccessTokenStore>().RemoveAsync(
            new(SampleTokens.At(SampleTokens.Start), TimeSpan.Zero, TimeSpan.FromHours(1)), 10, null, default);

        Assert.NotEmpty(limits.Seen);
        Assert.All(limits.Seen, static limit => Assert.Equal(30, limit));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<ServiceProvider> CreateAsync(Limits limits, int milliseconds)
    {
        var services = await StoreServices.CreateAsync<NotesDbContext>(services =>
        {
            services.Configure<PersonalAccessTokenOptions>(options => options.StoreTimeout = TimeSpan.FromMilliseconds(milliseconds));
            services.AddDbContextPool<NotesDbContext>(options =>
            {
                _database.Configure(options);
                options.AddInterceptors(limits);
            });
        });
        limits.Seen.Clear();
        return services;
    }

    private sealed class Limits : DbCommandInterceptor
    {
        public List<int> Seen { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Seen.Add(command.CommandTimeout);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Seen.Add(command.CommandTimeout);
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
