using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pat.Secrets.Capture;

/// <summary>The body of an answer, written down as it is written where the answer is a refusal or a failure.</summary>
internal sealed class HeardStream(Stream body, HttpResponse response, Recording recording) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => body.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        Hear(buffer.AsSpan(offset, count));
        body.Write(buffer, offset, count);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Hear(buffer.Span);
        return body.WriteAsync(buffer, cancellationToken);
    }

    private void Hear(ReadOnlySpan<byte> bytes)
    {
        if (response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            var text = Encoding.UTF8.GetString(bytes);
            recording.Write("refusal", $"{response.StatusCode} {text}");
        }
    }
}
