using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Pat;
using Pat.EntityFrameworkCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps personal access tokens in PostgreSQL.</summary>
public static class PersonalAccessTokenPostgreSqlBuilderExtensions
{
    /// <summary>
    /// Makes the store of <c>AddEntityFrameworkStore</c> write last uses and clean up in sets: one statement a batch,
    /// in which rows that another node holds are skipped; and lets nodes tell each other of revocations, edits and rotations
    /// by PostgreSQL's notifications, so that they count everywhere in milliseconds. A context of another database stops the
    /// application's start.
    /// </summary>
    /// <param name="builder">The builder of <c>AddPersonalAccessTokens</c>.</param>
    /// <param name="configure">Sets how PostgreSQL is used.</param>
    public static PersonalAccessTokenBuilder UsePostgreSql(
        this PersonalAccessTokenBuilder builder, Action<PersonalAccessTokenPostgreSqlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<PersonalAccessTokenPostgreSqlOptions>();
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        builder.Services.Replace(ServiceDescriptor.Singleton<IPersonalAccessTokenStore>(
            static provider => new PostgreSqlStore(
                provider.GetRequiredService<ContextSource>(),
                provider.GetService<IPersonalAccessTokenChangeFeed>() as PostgreSqlChangeFeed)));

        // Null is no feed, to whoever asks for one.
        builder.Services.TryAddSingleton<IPersonalAccessTokenChangeFeed>(
            static provider => provider.GetRequiredService<IOptions<PersonalAccessTokenPostgreSqlOptions>>().Value.ChangeFeed
                ? ActivatorUtilities.CreateInstance<PostgreSqlChangeFeed>(provider)
                : null!);
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PersonalAccessTokenOptions>, PostgreSqlValidator>());
        return builder;
    }
}
