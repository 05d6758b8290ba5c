using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Pat.AspNetCore.TestSupport;

/// <summary>JSON that something happens before it is sent.</summary>
internal sealed class LateContent : HttpContent
{
    private readonly byte[] _json;
    private readonly Func<Task> _before;

    public LateContent(string json, Func<Task> before)
    {
        (_json, _before) = (Encoding.UTF8.GetBytes(json), before);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await _before();
        await stream.WriteAsync(_json);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
