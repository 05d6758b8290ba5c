using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Pat.Client;

/// <summary>Where no origin is named, it is that of the client's base address.</summary>
internal sealed class OriginFromBaseAddress(IOptionsMonitor<HttpClientFactoryOptions> clients)
    : IPostConfigureOptions<PersonalAccessTokenClientOptions>
{
    public void PostConfigure(string? name, PersonalAccessTokenClientOptions options)
    {
        if (options.Origin is not null)
        {
            return;
        }

        // The address is known only to what configures a client, so one is configured that sends nothing.
        using var client = new HttpClient();
        foreach (var configure in clients.Get(name).HttpClientActions)
        {
            configure(client);
        }

        options.Origin = client.BaseAddress;
    }
}
