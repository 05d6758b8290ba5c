using System.Text;

namespace Pat.Secrets.Capture;

/// <summary>A console stream of which every line is written down too.</summary>
public sealed class ConsoleTee(TextWriter console, Recording recording, string source) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => console.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        console.Write(buffer);
        lock (_line)
        {
            _line.Append(buffer);
            if (buffer.Contains('\n'))
            {
                WriteDown();
            }
        }
    }

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Flush()
    {
        console.Flush();
        lock (_line)
        {
            WriteDown();
        }
    }

    private void WriteDown()
    {
        if (_line.Length > 0)
        {
            recording.Write(source, _line.ToString());
            _line.Clear();
        }
    }
}
