using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Pat.TestSupport;

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
        var stored = await RehashedAsync(application, token);
        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(value));
        Assert.Equal(PersonalAccessTokenRefusal.None, await later.RefusalOfAsync(value));

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

        var stored = await RehashedAsync(application, token);
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

        Assert.Contains(",keyid=b$", (await RehashedAsync(application, token)).SecretHash, StringComparison.Ordinal);
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

        await Eventually.TrueAsync(() => stronger.Logged(304).Count > 0);
        Assert.IsType<TimeoutException>(Assert.Single(stronger.Logged(304)).Exception);
        Assert.Equal(token.SecretHash, (await application.ReadAsync(token.Id)).SecretHash);
    }

    [Fact]
    public async Task Many_at_once_are_replaced_one_after_the_other()
    {
        await using var application = await Sha256Async();
        await using var stronger = application.AddNode();
        List<string> values = [];
        for (var i = 0; i < 20; i++)
        {
            values.Add((await application.IssueAsync()).Value);
        }

        var (now, most) = (0, 0);
        stronger.Store.Before = async (method, _) =>
        {
            if (method == "ReplaceHashAsync")
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
                Interlocked.Decrement(ref now);
            }
        };

        await Task.WhenAll(values.Select(value => stronger.RefusalOfAsync(value)));

        await Eventually.TrueAsync(() => stronger.Store.CallsOf("ReplaceHashAsync") == values.Count);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_rotation_in_between_wins()
    {
        var replacements = new HashReplacements();
        await using var application = await Sha256Async(new InterceptedDatabase(TestDatabase.SqliteMemory(), replacements));
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

        Assert.Equal(0, await replacements.FirstAsync());
        stronger.Store.Before = null;
        Assert.Equal(rotated!.Token!.SecretHash, (await application.ReadAsync(token.Id)).SecretHash);
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await stronger.RefusalOfAsync(old));
        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(rotated.Value!));
    }

    [Fact]
    public async Task A_request_does_not_wait_for_the_replacement_which_has_2_seconds()
    {
        await using var application = await Sha256Async();
        await using var stronger = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var hanging = new TaskCompletionSource();
        stronger.Store.Before = (method, _) => method == "ReplaceHashAsync" ? hanging.Task : Task.CompletedTask;

        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(value).WaitAsync(TestDeadline.Limit));

        await Eventually.TrueAsync(() => stronger.Store.CallsOf("ReplaceHashAsync") == 1);
        Assert.Empty(stronger.Logged(304));
        stronger.Time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => stronger.Logged(304).Count == 1);
        Assert.IsType<TimeoutException>(stronger.Logged(304)[0].Exception);
        Assert.Equal(token.SecretHash, (await application.ReadAsync(token.Id)).SecretHash);
    }

    [Fact]
    public async Task Where_there_is_no_room_in_time_the_hash_is_left_to_another_process()
    {
        await using var application = await Sha256Async();
        await using var stronger = application.AddNode();
        await using var later = application.AddNode();
        var room = stronger.Get<SecretHasher>().Room;
        var held = await HeldHashRoom.HoldForLongAsync(room, stronger.Time);
        var (token, value) = await application.IssueAsync();

        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(value).WaitAsync(TestDeadline.Limit));

        await Eventually.TrueAsync(() => stronger.Logged(304).Count == 1);
        Assert.Equal((1, 0), (room.Waiting, stronger.Store.CallsOf("ReplaceHashAsync")));
        await later.RefusalOfAsync(value);
        await RehashedAsync(application, token);
        await held.ReleaseAsync();
    }

    [Fact]
    public async Task What_there_was_no_room_to_prove_is_not_replaced()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var stronger = application.AddNode(options => options.Hashing.MemoryKib *= 2);
        var held = await HeldHashRoom.HoldForLongAsync(stronger.Get<SecretHasher>().Room, stronger.Time);
        var (_, value) = await application.IssueAsync();

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => stronger.RefusalOfAsync(value));

        // It would have been tried, in vain, before the request was answered.
        Assert.Empty(stronger.Logged(304));
        await held.ReleaseAsync();
    }

    private static Task<TokenApplication> Sha256Async(TestDatabase? database = null) =>
        TokenApplication.CreateAsync(options => SecretHashers.Sha256(options.Hashing), database: database);

    /// <summary>The row, once its hash is another one than that of <paramref name="token"/>.</summary>
    private static async Task<PersonalAccessToken> RehashedAsync(TokenApplication application, PersonalAccessToken token)
    {
        var stored = token;
        await Eventually.TrueAsync(async () =>
        {
            stored = await application.ReadAsync(token.Id);
            return stored.SecretHash != token.SecretHash;
        });
        return stored;
    }

    /// <summary>Tells when a hash was replaced in the database, or could not be.</summary>
    private sealed class HashReplacements : DbCommandInterceptor
    {
        private readonly TaskCompletionSource<int> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>How many rows the first one changed.</summary>
        public Task<int> FirstAsync() => _first.Task.WaitAsync(TestDeadline.Limit);

        public override ValueTask<int> NonQueryExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("SET \"SecretHash\"", StringComparison.Ordinal)
                && !command.CommandText.Contains("\"SecretTag\"", StringComparison.Ordinal))
            {
                _first.TrySetResult(result);
            }

            return ValueTask.FromResult(result);
        }
    }
}
