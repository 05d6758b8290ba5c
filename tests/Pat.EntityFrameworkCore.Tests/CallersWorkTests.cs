using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

/// <summary>What a caller has open or tracks is the caller's own.</summary>
public abstract class CallersWorkTests : IAsyncLifetime
{
    private static readonly PersonalAccessTokenLimits Limits = new(50, 100, TimeSpan.FromHours(24));

    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;
    private AsyncServiceScope _scope;

    protected NotesDbContext Callers => _scope.ServiceProvider.GetRequiredService<NotesDbContext>();

    protected IPersonalAccessTokenStore Store => _services.GetRequiredService<IPersonalAccessTokenStore>();

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        _services = await StoreServices.CreateAsync<NotesDbContext>(
            services => services.AddDbContext<NotesDbContext>(_database.Configure));
        _scope = _services.CreateAsyncScope();
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Tracked_changes_of_the_caller_are_not_saved()
    {
        var note = new Note { Text = "saved" };
        Callers.Add(note);
        await Callers.SaveChangesAsync();
        note.Text = "not saved";
        Callers.Add(new Note { Text = "not saved either" });

        await ChangeEverythingAsync();

        Assert.True(Callers.ChangeTracker.HasChanges());
        Assert.Equal(["saved"], await Callers.Notes.AsNoTracking().Select(stored => stored.Text).ToListAsync());
    }

    [Fact]
    public async Task What_the_store_wrote_stays_when_the_callers_transaction_is_rolled_back()
    {
        PersonalAccessToken token;
        await using (await BeginAsync(Callers))
        {
            await Callers.Notes.CountAsync();
            token = await ChangeEverythingAsync();
        }

        var stored = Assert.Single(await Store.FindAsync([token.Id], default));
        Assert.Equal(4, stored.Version);
    }

    [Fact]
    public async Task What_the_store_wrote_stays_when_an_ambient_transaction_is_not_completed()
    {
        PersonalAccessToken token;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            token = await ChangeEverythingAsync();
            Assert.NotNull(Transaction.Current);
        }

        var stored = Assert.Single(await Store.FindAsync([token.Id], default));
        Assert.Equal(4, stored.Version);
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    /// <summary>Opens the caller's transaction, writing where the database lets others write beside it.</summary>
    protected abstract Task<IAsyncDisposable> BeginAsync(NotesDbContext callers);

    protected async Task<PersonalAccessToken> ChangeEverythingAsync()
    {
        var at = SampleTokens.At(SampleTokens.Start);
        var token = SampleTokens.Create("owner");
        await Store.AddAsync(SampleTokens.Copy(token), Limits, at, default);
        await Store.EditAsync(SampleTokens.Copy(token, edited => edited.Version = 2), at, default);
        await Store.RotateAsync(SampleTokens.Copy(token, rotated => rotated.Version = 3), Limits, at, default);
        await Store.RecordUseAsync([new(token.Id, SampleTokens.Start, null)], TimeSpan.Zero, default);
        await Store.RevokeAsync(token.Id, SampleTokens.Start, null, default);
        await Store.RemoveAsync(new(at, TimeSpan.FromDays(1), TimeSpan.FromDays(1)), 10, null, default);
        return token;
    }
}
