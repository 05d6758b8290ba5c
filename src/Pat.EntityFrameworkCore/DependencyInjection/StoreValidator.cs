using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Pat.EntityFrameworkCore;

/// <summary>Stops the start of an application whose context can't keep tokens, without asking its database.</summary>
internal sealed class StoreValidator(ContextSource contexts) : IValidateOptions<PersonalAccessTokenOptions>
{
    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenOptions options)
    {
        var context = contexts.ContextType.Name;
        if (!contexts.IsRegistered)
        {
            return ValidateOptionsResult.Fail(
                $"AddEntityFrameworkStore<{context}>(): {context} is not registered. Add it: services.AddDbContextPool<{context}>(options => ...).");
        }

        var fault = FindFault();
        return fault is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"AddEntityFrameworkStore<{context}>(): {fault}");
    }

    private string? FindFault()
    {
        try
        {
            return contexts.Inspect(FindFault);
        }
        catch (InvalidOperationException exception)
        {
            return $"{contexts.ContextType.Name} can't be made: {exception.Message} If it derives from a context of Identity's: its OnModelCreating has to call base.OnModelCreating(modelBuilder) first.";
        }
    }

    private static string? FindFault(DbContext context)
    {
        var name = context.GetType().Name;
        if (!context.Database.IsRelational())
        {
            return $"{name} uses {context.Database.ProviderName}, which is no relational database. Use SQLite in memory for tests.";
        }

        return context.Model.FindEntityType(typeof(PersonalAccessToken)) is null
            || context.Model.FindEntityType(typeof(PersonalAccessTokenOwnerQuota)) is null
            ? $"{name} has no tables for tokens. Call modelBuilder.AddPersonalAccessTokens() in OnModelCreating of {name}, and add a migration."
            : null;
    }
}
