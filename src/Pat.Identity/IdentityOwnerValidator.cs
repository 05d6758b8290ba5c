using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.Identity;

/// <summary>Stops the start of an application that named a context without its users, without asking its database.</summary>
internal sealed class IdentityOwnerValidator<TUser, TKey, TContext>(IServiceScopeFactory scopes, IServiceProviderIsService services)
    : IValidateOptions<PersonalAccessTokenOptions>
    where TUser : IdentityUser<TKey>
    where TKey : IEquatable<TKey>
    where TContext : DbContext
{
    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenOptions options)
    {
        if (!services.IsService(typeof(IDbContextFactory<TContext>)) && !services.IsService(typeof(TContext)))
        {
            return ValidateOptionsResult.Fail(
                $"AddIdentityOwners: {typeof(TContext).Name} is not registered. Add it: services.AddDbContext<{typeof(TContext).Name}>(options => ...).");
        }

        try
        {
            using var scope = scopes.CreateScope();
            if (scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is { } factory)
            {
                using var context = factory.CreateDbContext();
                _ = new IdentityEntities<TUser, TKey>(context.Model);
            }
            else
            {
                _ = new IdentityEntities<TUser, TKey>(scope.ServiceProvider.GetRequiredService<TContext>().Model);
            }

            return ValidateOptionsResult.Success;
        }
        catch (InvalidOperationException exception)
        {
            return ValidateOptionsResult.Fail($"AddIdentityOwners: {exception.Message}");
        }
    }
}
