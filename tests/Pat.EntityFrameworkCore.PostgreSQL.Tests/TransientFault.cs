using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>Breaks a commit, once, as a lost connection does: before the server has it, or after.</summary>
internal sealed class TransientFault : DbTransactionInterceptor
{
    private bool _before;
    private bool _after;

    public bool HasFailed { get; private set; }

    public void FailNextCommit(bool commitArrives) => (_before, _after) = (!commitArrives, commitArrives);

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Fail(ref _before);
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Fail(ref _after);
        return Task.CompletedTask;
    }

    private void Fail(ref bool now)
    {
        if (now)
        {
            now = false;
            HasFailed = true;
            throw new TimeoutException("The connection was lost.");
        }
    }
}
