namespace Pat.TestSupport;

/// <summary>A look-up that a test holds between the moment when the rows were read and the moment when they are answered.</summary>
public sealed class HeldLookup
{
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until a look-up has read its rows.</summary>
    public Task ReadAsync() => _read.Task.WaitAsync(TestDeadline.Limit);

    /// <summary>Lets it answer.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Ends it with <paramref name="fault"/> in place of an answer.</summary>
    public void Fail(Exception fault) => _released.TrySetException(fault);

    internal Task HoldAsync()
    {
        _read.TrySetResult();
        return _released.Task;
    }
}
