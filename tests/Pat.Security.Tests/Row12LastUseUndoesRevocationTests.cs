namespace Pat.Security.Tests;

/// <summary>
/// Row 12. The last-used write undid a revocation (Gitea). A use is written by one statement that sets its own columns alone, and only of a
/// token that was not revoked before it.
/// </summary>
public abstract class Row12LastUseUndoesRevocationTests(TestStore fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task Row_12_a_thousand_uses_beside_an_edit_a_rotation_and_a_revocation_undo_none_of_them()
    {
        var token = await AddAsync();
        var edited = SampleTokens.Copy(token, edited => (edited.Name, edited.Version) = ("edited", 2));
        var rotated = SampleTokens.Copy(edited, Rotate);
        var uses = 0;
        using var halfway = new SemaphoreSlim(0);
        var using8 = Enumerable.Range(0, 8).Select(_ => Task.Run(UseAsync)).ToList();

        await halfway.WaitAsync();
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.EditAsync(edited, AtNow, default));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.RotateAsync(rotated, Unlimited, AtNow, default));
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.RevokeAsync(token.Id, Now, "lost", default));
        var afterwards = (await FindAsync(token.Id))!.LastUsedAt;
        await Task.WhenAll(using8);

        await AssertStoredAsync(SampleTokens.Copy(rotated, expected =>
        {
            (expected.RevokedAt, expected.RevokedReason, expected.UpdatedAt, expected.Version) = (Now, "lost", Now, 4);
            expected.LastUsedAt = afterwards;
            expected.LastUsedAddress = null;
        }));
        Assert.NotNull(afterwards);

        async Task UseAsync()
        {
            for (var use = Interlocked.Increment(ref uses); use <= 1_000; use = Interlocked.Increment(ref uses))
            {
                await Store.RecordUseAsync([new(token.Id, Now.AddSeconds(use), "192.0.2.0/24")], TimeSpan.Zero, default);
                if (use == 300)
                {
                    halfway.Release();
                }
            }
        }
    }
}

public sealed class Row12SqliteTests(SqliteFileStore fixture) : Row12LastUseUndoesRevocationTests(fixture), IClassFixture<SqliteFileStore>;

public sealed class Row12GenericPostgresTests(GenericPostgresStore fixture) : Row12LastUseUndoesRevocationTests(fixture), IClassFixture<GenericPostgresStore>;

public sealed class Row12PostgresTests(PostgresStore fixture) : Row12LastUseUndoesRevocationTests(fixture), IClassFixture<PostgresStore>;
