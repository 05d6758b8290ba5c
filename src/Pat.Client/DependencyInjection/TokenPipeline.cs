using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Pat.Client;

/// <summary>Puts the token's handlers around a client's primary handler.</summary>
internal static class TokenPipeline
{
    public static void Attach(HttpMessageHandlerBuilder builder)
    {
        if (builder.PrimaryHandler is TokenHandler)
        {
            // AddPersonalAccessToken was called again for this client, to add to its options.
            return;
        }

        var options = builder.Services.GetRequiredService<IOptionsMonitor<PersonalAccessTokenClientOptions>>().Get(builder.Name);
        var primary = builder.PrimaryHandler;
        var maxRedirects = PrimaryHandler.TakeOver(primary, builder.Name!, options);
        builder.PrimaryHandler = new TokenHandler(
            SourceOf(options, builder.Services), options, builder.Services.GetRequiredService<TimeProvider>())
        {
            InnerHandler = maxRedirects == 0
                ? primary
                : new SameOriginRedirectHandler(maxRedirects, options.ThrowOnRefusal) { InnerHandler = primary },
        };
    }

    private static TokenSource SourceOf(PersonalAccessTokenClientOptions options, IServiceProvider services) => options switch
    {
        { EnvironmentVariable: { } variable } => new EnvironmentTokenSource(variable),
        { ConfigurationKey: { } key } => new ConfigurationTokenSource(services.GetRequiredService<IConfiguration>(), key),
        { File: { } path } => new FileTokenSource(path, options.AllowFileReadableByOthers),
        { Callback: { } callback } => new CallbackTokenSource(callback, services),
        _ => throw new InvalidOperationException("The options were not checked."),
    };
}
