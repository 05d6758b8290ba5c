using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Pat.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives an <see cref="HttpClient"/> a personal access token.</summary>
public static class PersonalAccessTokenHttpClientBuilderExtensions
{
    private const string Authorization = "Authorization";

    /// <summary>
    /// Sends the token in an environment variable with each request of this client, to the origin of its
    /// <see cref="HttpClient.BaseAddress"/> and nowhere else.
    /// </summary>
    /// <param name="builder">The client, as <c>AddHttpClient</c> returns it.</param>
    /// <param name="environmentVariable">The variable's name, such as <c>TASKS_ACCESS_TOKEN</c>. Not the token.</param>
    /// <returns>The client, to configure it further.</returns>
    public static IHttpClientBuilder AddPersonalAccessToken(this IHttpClientBuilder builder, string environmentVariable) =>
        builder.AddPersonalAccessToken(options => options.EnvironmentVariable = environmentVariable);

    /// <summary>
    /// Sends a token with each request of this client, to one origin and nowhere else. Requests are sent asynchronously;
    /// what keeps one from being sent, and answers that refuse the token, are <see cref="PersonalAccessTokenException"/>s.
    /// </summary>
    /// <param name="builder">The client, as <c>AddHttpClient</c> returns it.</param>
    /// <param name="configure">
    /// Sets the options: at least where the token comes from. They are checked when the host starts, or where there is none
    /// when the client is first made: <see cref="OptionsValidationException"/>.
    /// </param>
    /// <returns>The client, to configure it further.</returns>
    /// <exception cref="ArgumentException"><paramref name="builder"/> stands for all clients (<c>ConfigureHttpClientDefaults</c>).</exception>
    public static IHttpClientBuilder AddPersonalAccessToken(
        this IHttpClientBuilder builder, Action<PersonalAccessTokenClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        if (builder.Name is null)
        {
            throw new ArgumentException(
                "A token goes to one origin, so it can't be added to all clients. Add it to the one that it is for.", nameof(builder));
        }

        var services = builder.Services;
        services.AddOptions<PersonalAccessTokenClientOptions>(builder.Name).Configure(configure).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<PersonalAccessTokenClientOptions>, OriginFromBaseAddress>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PersonalAccessTokenClientOptions>, PersonalAccessTokenClientOptionsValidator>());

        // After all that configures the client, so that a primary handler set later is seen too.
        services.PostConfigure<HttpClientFactoryOptions>(builder.Name, static client =>
        {
            client.HttpMessageHandlerBuilderActions.Add(TokenPipeline.Attach);

            // Not RedactLoggedHeaders, which would show the headers that nothing names.
            var redacts = client.ShouldRedactHeaderValue;
            client.ShouldRedactHeaderValue = header =>
                header.Equals(Authorization, StringComparison.OrdinalIgnoreCase) || redacts(header);
        });
        return builder;
    }
}
