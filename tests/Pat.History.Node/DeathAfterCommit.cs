using System.Diagnostics;

namespace Pat.History.Node;

/// <summary>Kills the process with SIGKILL as soon as a revocation is committed, before anything else is done.</summary>
internal sealed class DeathAfterCommit : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly ManualResetEvent Never = new(false);

    public DeathAfterCommit() => DiagnosticListener.AllListeners.Subscribe(this);

    public bool IsArmed { get; set; }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // The event's text has the statement, whose end is that of its implicit transaction.
        if (IsArmed
            && value.Key == "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuted"
            && value.Value?.ToString() is { } text
            && text.Contains("UPDATE", StringComparison.Ordinal)
            && text.Contains("RevokedReason", StringComparison.Ordinal))
        {
            Process.GetCurrentProcess().Kill();

            // Nothing more is done in the moment that it takes.
            Never.WaitOne();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
