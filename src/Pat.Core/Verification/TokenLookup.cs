using System.Diagnostics;

namespace Pat;

/// <summary>A token that requests wait to be read, together where they came before its statement was sent.</summary>
internal sealed class TokenLookup(Guid id)
{
    private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TokenReading?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid Id { get; } = id;

    /// <summary>How many requests wait for it.</summary>
    public int Callers { get; set; }

    /// <summary>Whether it may not wait for company.</summary>
    public bool IsUrgent { get; set; }

    /// <summary>Done when its statement is sent.</summary>
    public Task Turn => _turn.Task;

    public Task<TokenReading?> Answer => _answer.Task;

    /// <summary>The span of its statement, once that is sent, where anybody listens.</summary>
    public Activity? ReadIn { get; private set; }

    public void Send(Activity? readIn)
    {
        ReadIn = readIn;
        _turn.SetResult();
    }

    public void Complete(TokenReading? reading) => _answer.SetResult(reading);

    public void Fail(Exception exception)
    {
        _answer.SetException(exception);

        // Whoever waited may have left.
        _ = _answer.Task.Exception;
    }
}
