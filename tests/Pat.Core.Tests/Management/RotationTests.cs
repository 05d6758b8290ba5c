namespace Pat.Core.Tests;

public sealed class RotationTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    [Fact]
    public async Task A_second_rotation_ends_the_overlap_of_the_first()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, first) = await application.IssueAsync();

        var second = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = Overlap });
        var third = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = Overlap });

        Assert.Equal(
            [PersonalAccessTokenRefusal.WrongSecret, PersonalAccessTokenRefusal.None, PersonalAccessTokenRefusal.None],
            [await application.RefusalOfAsync(first), await application.RefusalOfAsync(second.Value!), await application.RefusalOfAsync(third.Value!)]);
    }

    [Fact]
    public async Task What_is_returned_is_what_is_stored()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, old) = await application.IssueAsync(scopes: "write");
        application.Time.Advance(TimeSpan.FromDays(1));

        var rotated = (await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = Overlap })).Token!;

        Assert.All([rotated, await application.ReadAsync(token.Id)], stored =>
        {
            Assert.Equal(
                (token.Id, token.Name, "write", token.ExpiresAt, token.CreatedAt, application.Now, application.Now, 2),
                (stored.Id, stored.Name, string.Join(' ', stored.Scopes), stored.ExpiresAt, stored.CreatedAt, stored.SecretCreatedAt, stored.UpdatedAt, stored.Version));
            Assert.Equal((token.SecretHash, application.Now + Overlap), (stored.PreviousSecretHash, stored.PreviousSecretExpiresAt));
            Assert.Equal(SecretDigest.Of(old).ToTag(), stored.PreviousSecretTag);
            Assert.Equal(rotated.SecretHash, stored.SecretHash);
        });
    }

    [Fact]
    public async Task Without_an_overlap_nothing_of_the_old_secret_stays()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = Overlap });

        var rotated = (await application.Manager.RotateAsync("alice", token.Id, new())).Token!;

        Assert.All([rotated, await application.ReadAsync(token.Id)], stored => Assert.Equal(
            (null, null, null), (stored.PreviousSecretHash, stored.PreviousSecretTag, stored.PreviousSecretExpiresAt)));
    }

    [Fact]
    public async Task An_overlap_may_be_as_long_as_allowed_and_no_longer_or_negative()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, old) = await application.IssueAsync();

        foreach (var overlap in new[] { TimeSpan.FromHours(24) + Microsecond, -Microsecond, TimeSpan.MaxValue, TimeSpan.MinValue })
        {
            var refused = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = overlap });
            Assert.Equal("overlapSeconds", Assert.Single(refused.Errors).Key);
        }

        Assert.Equal((1, PersonalAccessTokenRefusal.None), ((await application.ReadAsync(token.Id)).Version, await application.RefusalOfAsync(old)));
        Assert.True((await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(24) })).Succeeded);
    }

    [Fact]
    public async Task The_old_secret_does_not_outlive_the_expiry_it_had()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, old) = await application.IssueAsync(expiresAt: application.Now.AddMinutes(10));

        var rotated = await application.Manager.RotateAsync(
            "alice", token.Id, new() { Overlap = Overlap, ExpiresAt = application.Now.AddDays(30) });
        application.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(token.ExpiresAt, rotated.Token!.PreviousSecretExpiresAt);
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await application.RefusalOfAsync(old));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(rotated.Value!));
    }

    [Fact]
    public async Task The_old_secret_does_not_outlive_a_new_and_earlier_expiry()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        var expiresAt = application.Now.AddMinutes(5);

        var rotated = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = Overlap, ExpiresAt = expiresAt });

        Assert.Equal((expiresAt, expiresAt), (rotated.Token!.ExpiresAt, rotated.Token.PreviousSecretExpiresAt));
    }

    [Fact]
    public async Task A_prefix_may_change_to_an_accepted_one_and_to_no_other()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.AcceptedPrefixes.Add("new_pat"));
        var (token, _) = await application.IssueAsync();

        Assert.Contains("tokenPrefix", (await application.Manager.RotateAsync("alice", token.Id, new() { TokenPrefix = "evil" })).Errors);
        var rotated = await application.Manager.RotateAsync("alice", token.Id, new() { TokenPrefix = "new_pat" });

        Assert.StartsWith("new_pat_", rotated.Value, StringComparison.Ordinal);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(rotated.Value!));
    }

    [Fact]
    public async Task Of_two_rotations_at_once_the_later_one_counts()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, _) = await application.IssueAsync();
        PersonalAccessTokenResult? theirs = null;
        application.Store.Before = async (method, cancellationToken) =>
        {
            if (method == "RotateAsync" && theirs is null)
            {
                theirs = await other.Manager.RotateAsync("alice", token.Id, new(), cancellationToken);
            }
        };

        var mine = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = Overlap });

        Assert.Equal(3, mine.Token!.Version);
        var previous = await application.Manager.VerifyAsync(theirs!.Value!);
        Assert.Equal((true, true), (previous.Succeeded, previous.IsPreviousSecret));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(mine.Value!));
    }

    [Fact]
    public async Task A_version_that_is_not_the_present_one_rotates_nothing()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();

        var result = await application.Manager.RotateAsync("alice", token.Id, new() { IfVersion = 2 });

        Assert.Equal(PersonalAccessTokenFailure.VersionMismatch, result.Failure);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Changing_a_token_while_it_is_rotated_is_no_way_to_slow_hashes_without_end()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxSecretsPerOwnerPerDay = 4);
        var (token, _) = await application.IssueAsync();
        var changes = 0;
        application.Store.Before = async (method, _) =>
        {
            if (method == "RotateAsync")
            {
                await application.Manager.EditAsync("alice", token.Id, new() { Name = $"changed {changes++}" }, CancellationToken.None);
            }
        };

        var result = await application.Manager.RotateAsync("alice", token.Id, new());

        Assert.Equal((PersonalAccessTokenFailure.TooManySecrets, 3), (result.Failure, changes));
    }
}
