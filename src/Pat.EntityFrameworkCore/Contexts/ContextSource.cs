using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Pat.EntityFrameworkCore;

/// <summary>
/// Hands out the application's context, a fresh one for each call, with a connection of its own: what the caller has
/// open or tracks is never touched.
/// </summary>
internal abstract class ContextSource
{
    /// <summary>The application's context.</summary>
    public abstract Type ContextType { get; }

    /// <summary>Whether the application registered the context, or a factory of it.</summary>
    public abstract bool IsRegistered { get; }

    /// <summary>Looks at a context without touching its database.</summary>
    public abstract T Inspect<T>(Func<DbContext, T> look);

    /// <summary>Reads.</summary>
    public abstract Task<T> ReadAsync<T>(Func<DbContext, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>
    /// Writes. The caller can give up until the connection is open; statements are then sent without its token, for
    /// whoever cancels a statement under way never learns what became of it.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<DbContext, Task<T>> write, CancellationToken cancellationToken) =>
        ReadAsync(
            async context =>
            {
                await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return await write(context).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Writes in a transaction, which is committed where <paramref name="isDone"/> and rolled back otherwise.</summary>
    /// <param name="write">The statements. They are sent again where the context's execution strategy finds a failure transient.</param>
    /// <param name="isDone">Whether what <paramref name="write"/> returned is to be committed.</param>
    /// <param name="findWrittenAsync">Asked after such a failure, whose commit may have arrived: the result if so.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <param name="isolation">What the transaction sees of others.</param>
    public Task<T> TransactAsync<T>(
        Func<DbContext, Task<T>> write,
        Func<T, bool> isDone,
        Func<DbContext, Task<ExecutionResult<T>>> findWrittenAsync,
        CancellationToken cancellationToken,
        IsolationLevel isolation = IsolationLevel.ReadCommitted) =>
        WriteAsync(
            context => context.Database.CreateExecutionStrategy().ExecuteAsync(
                context,
                async (_, context, _) =>
                {
                    context.ChangeTracker.Clear();

                    // What fails ends the transaction, so there is nothing to go back to within it.
                    context.Database.AutoSavepointsEnabled = false;
                    var transaction = await context.Database
                        .BeginTransactionAsync(isolation, CancellationToken.None).ConfigureAwait(false);
                    await using (transaction.ConfigureAwait(false))
                    {
                        var result = await write(context).ConfigureAwait(false);
                        if (isDone(result))
                        {
                            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                        }

                        return result;
                    }
                },
                (_, context, _) => findWrittenAsync(context),
                CancellationToken.None),
            cancellationToken);
}
