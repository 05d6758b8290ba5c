using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.UI;

/// <summary>
/// A file that the pages load. It is served from under their own path, so that no middleware and no build step of the
/// application is needed for it, and its name changes with its content.
/// </summary>
internal sealed class Asset
{
    private readonly byte[] _content;
    private readonly string _contentType;

    private Asset(string name, string extension, string contentType)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"{name}.{extension}")!;
        _content = new byte[stream.Length];
        stream.ReadExactly(_content);
        _contentType = contentType;
        FileName = $"{name}.{Convert.ToHexStringLower(SHA256.HashData(_content))[..10]}.{extension}";
    }

    public static Asset StyleSheet { get; } = new("pat", "css", "text/css; charset=utf-8");

    public static Asset Script { get; } = new("pat", "js", "text/javascript; charset=utf-8");

    /// <summary>Its name, with a part of its content's hash.</summary>
    public string FileName { get; }

    public async Task SendAsync(HttpContext context)
    {
        context.Response.ContentType = _contentType;
        context.Response.ContentLength = _content.Length;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(_content, context.RequestAborted);
    }
}
