namespace Pat.Core.Tests;

public sealed class RehashTests
{
    [Fact]
    public async Task A_weaker_hash_is_replaced_at_its_first_use_and_only_then()
    {
        await using var application = await Sha256Async();
        await using var stronger = application.AddNode();
        await using var later = application.AddNode();
        var (token, value) = await application.IssueAsync();

        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(value));
        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(value));
        Assert.Equal(PersonalAccessTokenRefusal.None, await later.RefusalOfAsync(value));

        var stored = await application.ReadAsync(token.Id);
        Assert.StartsWith("$argon2id$v=19$m=64,t=1,p=1$", stored.SecretHash, StringComparison.Ordinal);
        Assert.Equal((1, 0), (stronger.Store.CallsOf("ReplaceHashAsync"), later.Store.CallsOf("ReplaceHashAsync")));
        Assert.Equal((2, 1), (stronger.Hashes, later.Hashes));
    }

    [Fact]
    public async Task A_replaced_hash_changes_nothing_else()
    {
        await using var application = await Sha256Async();
        await using var stronger = application.AddNode();
        var (token, value) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromDays(1));

        await stronger.RefusalOfAsync(value);

        var stored = await application.ReadAsync(token.Id);
        Assert.Equal(
            (token.Version, token.UpdatedAt, token.SecretCreatedAt), (stored.Version, stored.UpdatedAt, stored.SecretCreatedAt));
        Assert.Equal(token.SecretTag, stored.SecretTag);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_stronger_hash_is_left_alone()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var weaker = application.AddNode(options => SecretHashers.Sha256(options.Hashing));
        var (token, value) = await application.IssueAsync();

        Assert.Equal(PersonalAccessTokenRefusal.None, await weaker.RefusalOfAsync(value));

        Assert.Equal(0, weaker.Store.CallsOf("ReplaceHashAsync"));
        Assert.Equal(token.SecretHash, (await application.ReadAsync(token.Id)).SecretHash);
    }

    [Fact]
    public async Task The_hash_of_a_previous_secret_is_left_alone()
    {
        await using var application = await Sha256Async();
        await using var stronger = application.AddNode();
        var (token, old) = await application.IssueAsync();
        await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) });

        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(old));

        Assert.Equal(0, stronger.Store.CallsOf("ReplaceHashAsync"));
        Assert.Equal(token.SecretHash, (await application.ReadAsync(token.Id)).PreviousSecretHash);
    }

    [Fact]
    public async Task A_hash_takes_the_newest_key_at_its_first_use()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.Hashing.Peppers.Add(SecretHashers.Pepper("a")));
        await using var both = application.AddNode(options =>
        {
            options.Hashing.Peppers.Add(SecretHashers.Pepper("a"));
            options.Hashing.Peppers.Add(SecretHashers.Pepper("b"));
        });
        await using var newest = application.AddNode(options => options.Hashing.Peppers.Add(SecretHashers.Pepper("b")));
        var (token, value) = await application.IssueAsync();

        Assert.Equal(PersonalAccessTokenRefusal.None, await both.RefusalOfAsync(value));

        Assert.Contains(",keyid=b$", (await application.ReadAsync(token.Id)).SecretHash, StringComparison.Ordinal);
        Assert.Equal(PersonalAccessTokenRefusal.None, await newest.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_database_that_only_reads_refuses_no_token()
    {
        await using var application = await Sha256Async();
        await using var stronger = application.AddNode();
        var (token, value) = await application.IssueAsync();
        stronger.Store.Fail("ReplaceHashAsync");

        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(value));
        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(value));

        Assert.IsType<TimeoutException>(Assert.Single(stronger.Logged(304)).Exception);
        Assert.Equal(token.SecretHash, (await application.ReadAsync(token.Id)).SecretHash);
    }

    [Fact]
    public async Task A_rotation_in_between_wins()
    {
        await using var application = await Sha256Async();
        await using var stronger = application.AddNode(options => options.MaxStaleness = TimeSpan.Zero);
        var (token, old) = await application.IssueAsync();
        PersonalAccessTokenResult? rotated = null;
        stronger.Store.Before = async (method, cancellationToken) =>
        {
            if (method == "ReplaceHashAsync")
            {
                rotated = await application.Manager.RotateAsync("alice", token.Id, new(), cancellationToken);
            }
        };

        await stronger.RefusalOfAsync(old);
        stronger.Store.Before = null;

        Assert.Equal(rotated!.Token!.SecretHash, (await application.ReadAsync(token.Id)).SecretHash);
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await stronger.RefusalOfAsync(old));
        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(rotated.Value!));
    }

    private static Task<TokenApplication> Sha256Async() =>
        TokenApplication.CreateAsync(options => SecretHashers.Sha256(options.Hashing));
}
