using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Pat.EntityFrameworkCore;

/// <summary>Stops the start of an application that asked for PostgreSQL and has something else.</summary>
internal sealed partial class PostgreSqlValidator(IServiceProvider services) : IValidateOptions<PersonalAccessTokenOptions>
{
    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenOptions options)
    {
        if (services.GetService<ContextSource>() is not { } contexts)
        {
            return ValidateOptionsResult.Fail(
                "UsePostgreSql() needs a context. Call AddEntityFrameworkStore<YourDbContext>() too.");
        }

        if (FindFault(services.GetRequiredService<IOptions<PersonalAccessTokenPostgreSqlOptions>>().Value) is { } fault)
        {
            return ValidateOptionsResult.Fail($"UsePostgreSql(): {fault}");
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

    private static string? FindFault(PersonalAccessTokenPostgreSqlOptions options)
    {
        if (!ChannelName().IsMatch(options.Channel ?? ""))
        {
            return $"{nameof(options.Channel)}: '{options.Channel}' is no channel's name. Use 1 to 63 lower-case letters, digits and '_', the first no digit: pat_changes.";
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(options.ListenConnectionString) is { Host: null or "" } && options.ListenConnectionString is not null
                ? $"{nameof(options.ListenConnectionString)} names no host. Give it the one that PostgreSQL itself listens on, and the same database as the context's."
                : null;
        }
        catch (ArgumentException)
        {
            // Its message may quote what it can't read, passwords included.
            return $"{nameof(options.ListenConnectionString)} can't be read. Write it as the context's own: Host=...;Database=...;Username=...";
        }
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}\\z")]
    private static partial Regex ChannelName();
}
