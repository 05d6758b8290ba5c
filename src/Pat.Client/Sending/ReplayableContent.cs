using System.Net.Http.Json;

namespace Pat.Client;

/// <summary>Which contents can be sent a second time. A stream is gone after the first.</summary>
internal static class ReplayableContent
{
    public static bool Allows(HttpContent? content) => content switch
    {
        null or ByteArrayContent or ReadOnlyMemoryContent or JsonContent => true,
        MultipartContent parts => parts.All(Allows),
        _ => false,
    };
}
