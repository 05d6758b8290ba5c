using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pat.Client.Tests;

/// <summary>An application with one client that has a token, made as an application makes it.</summary>
internal sealed class ClientHost : IDisposable
{
    private const string Name = "tasks";

    private readonly ServiceProvider _services;

    /// <param name="baseAddress">The client's, or null for none.</param>
    /// <param name="configure">Sets options; the token is there already, by a callback.</param>
    /// <param name="client">Configures the client further.</param>
    /// <param name="services">Adds services.</param>
    public ClientHost(
        Uri? baseAddress,
        Action<PersonalAccessTokenClientOptions>? configure = null,
        Action<IHttpClientBuilder>? client = null,
        Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection().Build());
        collection.AddLogging(static logging => logging.AddEventSourceLogger());
        services?.Invoke(collection);
        var builder = collection.AddHttpClient(Name, http => http.BaseAddress = baseAddress)
            .AddPersonalAccessToken(options =>
            {
                options.Callback = static (_, _) => new(Tokens.Valid);
                configure?.Invoke(options);
            });
        client?.Invoke(builder);
        _services = collection.BuildServiceProvider();
    }

    public IConfiguration Configuration => _services.GetRequiredService<IConfiguration>();

    public HttpClient CreateClient() => _services.GetRequiredService<IHttpClientFactory>().CreateClient(Name);

    public void Dispose() => _services.Dispose();
}
