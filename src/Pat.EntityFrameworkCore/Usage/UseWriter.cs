using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Pat.EntityFrameworkCore;

/// <summary>Notes uses on any database, in parts between which other writers have their turn.</summary>
internal sealed class UseWriter(ContextSource contexts)
{
    /// <summary>The most uses that one transaction notes, one statement each: SQLite lets nobody else write meanwhile.</summary>
    private const int MaxUsesAtOnce = 100;

    /// <summary>How long a statement waits for whoever else is writing. Uses can wait for the next time, and do.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    /// <summary>Who waits for SQLite's lock looks for it now and then, and would seldom meet a shorter gap.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public async Task<IReadOnlyDictionary<Guid, PersonalAccessTokenUseOutcome>> WriteAsync(
        IReadOnlyCollection<PersonalAccessTokenUse> uses, TimeSpan resolution, CancellationToken cancellationToken)
    {
        var outcomes = uses.ToDictionary(static use => use.Id, static _ => PersonalAccessTokenUseOutcome.Busy);

        // All writers lock rows in the order of their ids, so that none waits for another in a circle.
        foreach (var part in uses.OrderBy(static use => use.Id).Chunk(MaxUsesAtOnce))
        {
            await JudgeAsync(part, resolution, outcomes, cancellationToken).ConfigureAwait(false);
            var wanted = part.Where(use => outcomes[use.Id] == PersonalAccessTokenUseOutcome.Busy).ToList();
            if (wanted.Count == 0)
            {
                continue;
            }

            if (!await TryWriteAsync(wanted, resolution, outcomes, cancellationToken).ConfigureAwait(false))
            {
                break;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        return outcomes;
    }

    /// <summary>Sets the outcome of what need not be written, which costs no lock.</summary>
    private async Task JudgeAsync(
        PersonalAccessTokenUse[] part,
        TimeSpan resolution,
        Dictionary<Guid, PersonalAccessTokenUseOutcome> outcomes,
        CancellationToken cancellationToken)
    {
        var ids = part.Select(static use => use.Id).ToList();
        var stored = await contexts.ReadAsync(
            context => context.Set<PersonalAccessToken>()
                .Where(token => ids.Contains(token.Id))
                .Select(static token => new { token.Id, token.LastUsedAt, token.RevokedAt })
                .ToDictionaryAsync(static token => token.Id, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        foreach (var use in part)
        {
            if (!stored.TryGetValue(use.Id, out var token) || token.RevokedAt < use.UsedAt)
            {
                outcomes[use.Id] = PersonalAccessTokenUseOutcome.Gone;
            }
            else if (token.LastUsedAt > use.UsedAt - resolution)
            {
                outcomes[use.Id] = PersonalAccessTokenUseOutcome.NotNeeded;
            }
        }
    }

    /// <returns>False where somebody else kept the database to themselves all the while.</returns>
    private async Task<bool> TryWriteAsync(
        List<PersonalAccessTokenUse> uses,
        TimeSpan resolution,
        Dictionary<Guid, PersonalAccessTokenUseOutcome> outcomes,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            // At this level SQLite begins without its lock, which the first statement then waits for no longer than its
            // limit. Rows that are found by their ids and updated are as safe at it as at any other.
            var written = await contexts.TransactAsync(
                context => WriteAsync(context, uses, resolution),
                static _ => true,
                static _ => Task.FromResult(new ExecutionResult<List<Guid>>(false, [])),
                cancellationToken,
                IsolationLevel.ReadUncommitted).ConfigureAwait(false);
            written.ForEach(id => outcomes[id] = PersonalAccessTokenUseOutcome.Written);
            return true;
        }
        catch (Exception exception) when (
            (exception is DbException || exception.InnerException is DbException) && Stopwatch.GetElapsedTime(started) >= MaxWait)
        {
            // The rows could be read just now: it is the lock that could not be had. Another fault shows at once.
            return false;
        }
    }

    /// <summary>
    /// A row that is not as it was read has been written by somebody else meanwhile. A revocation has cleared the address,
    /// and it stays so.
    /// </summary>
    private static async Task<List<Guid>> WriteAsync(
        DbContext context, List<PersonalAccessTokenUse> uses, TimeSpan resolution)
    {
        context.Database.SetCommandTimeout(MaxWait);
        var written = new List<Guid>(uses.Count);
        foreach (var use in uses)
        {
            var notedBefore = use.UsedAt - resolution;
            var count = await context.Set<PersonalAccessToken>()
                .Where(token => token.Id == use.Id
                    && (token.RevokedAt == null || token.RevokedAt >= use.UsedAt)
                    && (token.LastUsedAt == null || token.LastUsedAt <= notedBefore))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(token => token.LastUsedAt, use.UsedAt)
                        .SetProperty(token => token.LastUsedAddress, token => token.RevokedAt == null ? use.Address : null),
                    CancellationToken.None).ConfigureAwait(false);
            if (count > 0)
            {
                written.Add(use.Id);
            }
        }

        return written;
    }
}
