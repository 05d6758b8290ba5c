using System.Diagnostics;

namespace Pat.Secrets.Capture;

/// <summary>
/// Every diagnostic event, as text, and by two of them what else a host says: its logs, from before it is built, and its
/// answers. HttpClient's own events are not written: they hand a subscriber the request itself, whose text in .NET has its headers.
/// </summary>
internal sealed class CapturedDiagnostics : IObserver<DiagnosticListener>, IDisposable
{
    private readonly Recording _recording;
    private readonly List<IDisposable> _subscriptions = [];

    public CapturedDiagnostics(Recording recording)
    {
        _recording = recording;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != "HttpHandlerDiagnosticListener")
        {
            lock (_subscriptions)
            {
                _subscriptions.Add(value.Subscribe(new Events(value.Name, _recording)));
            }
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        lock (_subscriptions)
        {
            _subscriptions.ForEach(static subscription => subscription.Dispose());
        }
    }

    private sealed class Events(string source, Recording recording) : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == "HostBuilding")
            {
                CapturedHost.Hear(value.Value, recording);
            }
            else if (value.Key == "Microsoft.AspNetCore.Hosting.HttpRequestIn.Start")
            {
                CapturedAnswer.Hear(value.Value, recording);
            }

            recording.Write("diagnostics", () => $"{source} {value.Key} {value.Value}");
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
