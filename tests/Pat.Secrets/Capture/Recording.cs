using System.Text;

namespace Pat.Secrets.Capture;

/// <summary>Where a process writes what it was heard to say: a file of its own. The same words twice are written once.</summary>
public sealed class Recording : IDisposable
{
    /// <summary>The environment variable with the directory of all files of a run. Without it nothing is captured.</summary>
    public const string DirectoryVariable = "PAT_CAPTURE";

    [ThreadStatic]
    private static bool isWriting;

    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _written = [];
    private readonly FileStream _file;

    public Recording(string directory)
    {
        Directory.CreateDirectory(directory);
        var name = $"{AppDomain.CurrentDomain.FriendlyName}-{Environment.ProcessId}-{Path.GetRandomFileName()}.txt";

        // Unbuffered: a process that is killed has been heard to its last word.
        _file = new FileStream(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <param name="source">What spoke: a log, an activity, an exception.</param>
    /// <param name="text">What it said; asked for here, where what comes of asking is not heard again.</param>
    public void Write(string source, Func<string?> text)
    {
        // What is said while something is written down would be said for ever.
        if (isWriting)
        {
            return;
        }

        isWriting = true;
        try
        {
            Append($"{source}: {text()}\n");
        }
        catch (Exception exception)
        {
            // What has no text, a disposed request for one, has nothing to give away; that it had none is written.
            Append($"{source}: {exception.GetType()}\n");
        }
        finally
        {
            isWriting = false;
        }
    }

    public void Write(string source, string? text) => Write(source, () => text);

    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
        }
    }

    private void Append(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        lock (_lock)
        {
            if (_file.CanWrite && _written.Add(Fingerprint(bytes)))
            {
                _file.Write(bytes);
            }
        }
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    private static ulong Fingerprint(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        return hash;
    }
}
