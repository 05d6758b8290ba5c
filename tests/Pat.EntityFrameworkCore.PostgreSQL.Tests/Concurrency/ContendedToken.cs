using System.Collections.Concurrent;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>A token that many change at once, and what they were told of it.</summary>
internal sealed class ContendedToken(PersonalAccessTokenManager manager, string owner, Guid id, string value)
{
    /// <summary>What <see cref="Versions"/> says of a rotation.</summary>
    public const string Rotated = "rotated";

    private readonly ConcurrentDictionary<long, string> _versions = new() { [1] = "created" };
    private volatile IssuedSecret _secret = new(value);
    private volatile bool _mayBeRevoked;
    private volatile bool _isRevoked;

    public Guid Id { get; } = id;

    public bool IsRevoked => _isRevoked;

    /// <summary>What was acknowledged, by version: the name that an edit gave, or what else it was.</summary>
    public IReadOnlyDictionary<long, string> Versions => _versions;

    public async Task EditAsync(string name)
    {
        var result = await manager.EditAsync(owner, Id, new() { Name = name });
        if (result.Succeeded)
        {
            Note(result.Token!.Version, name);
        }
        else
        {
            AssertExpected(result.Failure);
        }
    }

    /// <summary>Rotates without an overlap; by one caller at a time, so that it is known which secret is the current one.</summary>
    public async Task RotateAsync()
    {
        var former = _secret;
        former.BeginEnd();
        var result = await manager.RotateAsync(owner, Id, new());
        if (result.Succeeded)
        {
            Note(result.Token!.Version, Rotated);
            former.End();
            _secret = new IssuedSecret(result.Value!);
        }
        else
        {
            AssertExpected(result.Failure);
        }
    }

    /// <summary>Revokes it, once.</summary>
    public async Task RevokeAsync(bool withAll)
    {
        _mayBeRevoked = true;
        Assert.Equal(1, withAll ? await manager.RevokeAllAsync(owner) : await manager.RevokeAsync(owner, Id) ? 1 : 0);
        _isRevoked = true;
    }

    /// <summary>Presents the current secret, and checks that the answer agrees with what those who change the token were told.</summary>
    public async Task<bool> PresentAsync()
    {
        var secret = _secret;
        var hadEnded = secret.HasEnded || _isRevoked;
        var verification = await manager.VerifyAsync(secret.Value);
        if (verification.Succeeded)
        {
            Assert.False(hadEnded, $"A secret was accepted after its end was acknowledged: {Id}.");
        }
        else
        {
            Assert.True(secret.MayHaveEnded || _mayBeRevoked, $"A good secret was refused: {verification.Refusal}.");
        }

        return verification.Succeeded;
    }

    private void Note(long version, string change) =>
        Assert.True(_versions.TryAdd(version, change), $"Version {version} was acknowledged twice: {change}.");

    private void AssertExpected(PersonalAccessTokenFailure? failure)
    {
        if (failure is PersonalAccessTokenFailure.NotUsable or PersonalAccessTokenFailure.NotFound)
        {
            Assert.True(_mayBeRevoked, $"A good token could not be changed: {failure}.");
        }
        else
        {
            Assert.Equal(PersonalAccessTokenFailure.VersionMismatch, failure);
        }
    }
}
