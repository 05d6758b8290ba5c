using System.Diagnostics;

namespace Pat.Benchmarks;

/// <summary>One line of a comparison: an application that gets the same request again and again.</summary>
/// <param name="name">What the figures call it.</param>
/// <param name="application">What gets the requests.</param>
/// <param name="floor">What it is compared with, or null.</param>
/// <param name="status">What it must answer.</param>
internal sealed class Lane(string name, PipelineApplication application, Lane? floor, int status)
{
    private readonly List<double> _nanoseconds = [];
    private readonly List<double> _bytes = [];
    private long _ticks;
    private long _allocated;
    private int _requests;

    public string Name => name;

    public Lane? Floor => floor;

    public IReadOnlyList<double> Nanoseconds => _nanoseconds;

    public Series Time => new(_nanoseconds);

    public Series Bytes => new(_bytes);

    /// <summary>Time by the floor's, round by round.</summary>
    public Series? TimeByFloor => By(floor);

    /// <summary>Whether requests waited for something, so that the bytes are those of the whole process.</summary>
    public bool HasWaited { get; private set; }

    /// <summary>Time by another lane's, round by round.</summary>
    public Series? By(Lane? other) =>
        other is null ? null : new Series(_nanoseconds.Zip(other.Nanoseconds, (own, others) => own / others));

    public void WarmUp(int requests)
    {
        for (var request = 0; request < requests; request++)
        {
            Send();
        }
    }

    /// <summary>Takes the time and the bytes of a part of a round.</summary>
    public void Measure(int requests)
    {
        application.HasWaited = false;
        var processBytes = GC.GetTotalAllocatedBytes(precise: true);
        var threadBytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var request = 0; request < requests; request++)
        {
            Send();
        }

        _ticks += Stopwatch.GetTimestamp() - started;
        threadBytes = GC.GetAllocatedBytesForCurrentThread() - threadBytes;
        processBytes = GC.GetTotalAllocatedBytes(precise: true) - processBytes;
        _allocated += application.HasWaited ? processBytes : threadBytes;
        _requests += requests;
        HasWaited |= application.HasWaited;
    }

    public void EndRound()
    {
        _nanoseconds.Add(Stopwatch.GetElapsedTime(0, _ticks).TotalNanoseconds / _requests);
        _bytes.Add((double)_allocated / _requests);
        (_ticks, _allocated, _requests) = (0, 0, 0);
    }

    private void Send()
    {
        var answer = application.Send();
        if (answer != status)
        {
            throw new InvalidOperationException($"{name} answered {answer} in place of {status}.");
        }
    }
}
