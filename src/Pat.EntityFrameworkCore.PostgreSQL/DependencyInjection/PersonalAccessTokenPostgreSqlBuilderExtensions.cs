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
    /// in which rows that another node holds are skipped. A context of another database stops the application's start.
    /// </summary>
    public static PersonalAccessTokenBuilder UsePostgreSql(this PersonalAccessTokenBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IPersonalAccessTokenStore>(
            static provider => new PostgreSqlStore(provider.GetRequiredService<ContextSource>())));
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PersonalAccessTokenOptions>, PostgreSqlValidator>());
        return builder;
    }
}
