using System.Runtime.ExceptionServices;

namespace Pat.Secrets.Capture;

/// <summary>Everything that a process says where somebody may keep it: logs, traces, metrics, exceptions, its output, refusals.</summary>
public sealed class CapturedProcess : IDisposable
{
    private readonly Recording _recording;
    private readonly List<IDisposable> _sources;

    private CapturedProcess(Recording recording)
    {
        _recording = recording;
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
        _sources =
        [
            CapturedEventSource.Listen(recording),
            new CapturedDiagnostics(recording),
            CapturedActivities.Listen(recording),
            CapturedMeasurements.Listen(recording),
        ];
    }

    /// <summary>Listens until the process ends.</summary>
    /// <param name="directory">Of the run's files.</param>
    internal static void Start(string directory)
    {
        var process = Listen(directory);
        Console.SetOut(new ConsoleTee(Console.Out, process._recording, "output"));
        Console.SetError(new ConsoleTee(Console.Error, process._recording, "error"));
    }

    /// <summary>Listens until it is disposed, to all but the console.</summary>
    /// <param name="directory">Of the run's files.</param>
    public static CapturedProcess Listen(string directory) => new(new Recording(directory));

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        _sources.ForEach(static source => source.Dispose());
        _recording.Dispose();
    }

    /// <summary>Each exception as it is thrown, whoever catches it.</summary>
    private void OnThrown(object? sender, FirstChanceExceptionEventArgs thrown) => _recording.Write("exception", () => thrown.Exception.ToString());
}
