using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>Asks the application for one owner, for what a person waits for: within the time that the store has, too.</summary>
internal sealed class OwnerLookup(
    TimeProvider timeProvider, IOptions<PersonalAccessTokenOptions> options, IPersonalAccessTokenOwnerSource? owners = null)
{
    private readonly TimeSpan _limit = options.Value.StoreTimeout;

    /// <summary>Whether the application tells of owners at all; where it does not, every owner may act.</summary>
    public bool HasSource => owners is not null;

    /// <summary>The owner without claims, or null for one that is gone.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">The source does not answer, or not in time.</exception>
    public async Task<PersonalAccessTokenOwner?> FindAsync(string id, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var found = await owners!.FindWithoutClaimsAsync([id], either.Token).InTimeAsync(either.Token).ConfigureAwait(false);
            return found.GetValueOrDefault(id);
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PersonalAccessTokenUnavailableException("The owners of tokens can't be read.", exception);
        }
    }
}
