using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.Testing;

/// <summary>Makes tokens by the application's manager, in its store, on its clock.</summary>
internal sealed class TestTokens(IServiceProvider services)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public async Task<string> CreateAsync(string ownerId, string[] scopes)
    {
        var result = await CreateTokenAsync(ownerId, scopes).ConfigureAwait(false);
        return result.Value!;
    }

    /// <summary>The manager makes no expired token, so the store moves the end of a good one to where it began.</summary>
    public async Task<string> CreateExpiredAsync(string ownerId, string[] scopes)
    {
        var result = await CreateTokenAsync(ownerId, scopes).ConfigureAwait(false);
        var token = result.Token!;
        token.ExpiresAt = token.CreatedAt;
        token.Version++;
        var at = new PersonalAccessTokenUsability(token.CreatedAt, services.GetRequiredService<IOptions<PersonalAccessTokenOptions>>().Value.InactivityPeriod);
        var outcome = await services.GetRequiredService<IPersonalAccessTokenStore>()
            .EditAsync(token, at, CancellationToken.None).ConfigureAwait(false);
        return outcome == PersonalAccessTokenWriteOutcome.Done
            ? result.Value!
            : throw new InvalidOperationException($"The token could not be made to expire: the store answered {outcome}. Did something else change it just now?");
    }

    private async Task<PersonalAccessTokenResult> CreateTokenAsync(string ownerId, string[] scopes)
    {
        var manager = services.GetService<PersonalAccessTokenManager>()
            ?? throw new InvalidOperationException(
                "This application has no personal access tokens. Add them to it: builder.Services.AddPersonalAccessTokens().");
        var lifetime = services.GetRequiredService<IOptions<PersonalAccessTokenOptions>>().Value.MaxLifetime;
        var result = await manager.CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = ownerId,
            Name = "test",
            Scopes = scopes,
            ExpiresAt = services.GetRequiredService<TimeProvider>().GetUtcNow() + (lifetime < Lifetime ? lifetime.Value : Lifetime),
        }).ConfigureAwait(false);
        return result.Succeeded ? result : throw new InvalidOperationException(Explain(result, ownerId));
    }

    private static string Explain(PersonalAccessTokenResult result, string ownerId) => result.Failure switch
    {
        PersonalAccessTokenFailure.Invalid => string.Join(" ", result.Errors.Values.SelectMany(static messages => messages)),
        PersonalAccessTokenFailure.OwnerDisabled =>
            $"The application knows no active user with the id '{ownerId}'. Create the user first, and give the id, not the name.",
        var failure => $"No token could be made for '{ownerId}': {failure}.",
    };
}
