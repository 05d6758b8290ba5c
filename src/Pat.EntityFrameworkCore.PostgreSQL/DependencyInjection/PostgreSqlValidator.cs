using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.EntityFrameworkCore;

/// <summary>Stops the start of an application that asked for PostgreSQL and has something else.</summary>
internal sealed class PostgreSqlValidator(IServiceProvider services) : IValidateOptions<PersonalAccessTokenOptions>
{
    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenOptions options)
    {
        if (services.GetService<ContextSource>() is not { } contexts)
        {
            return ValidateOptionsResult.Fail(
                "UsePostgreSql() needs a context. Call AddEntityFrameworkStore<YourDbContext>() too.");
        }

        try
        {
            return contexts.Inspect(context => context.Database.IsNpgsql()
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"UsePostgreSql(): {contexts.ContextType.Name} uses {context.Database.ProviderName}. Configure it with UseNpgsql, or leave UsePostgreSql() out."));
        }
        catch (InvalidOperationException)
        {
            // A context that can't be made: the validator of AddEntityFrameworkStore says so.
            return ValidateOptionsResult.Skip;
        }
    }
}
