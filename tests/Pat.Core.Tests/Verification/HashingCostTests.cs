using Pat.TestSupport;

namespace Pat.Core.Tests;

public sealed class HashingCostTests
{
    private const int Callers = 64;

    [Fact]
    public async Task A_secret_is_hashed_once_in_a_process_however_often_it_is_presented()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (_, value) = await application.IssueAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
            Assert.Equal(PersonalAccessTokenRefusal.None, await other.RefusalOfAsync(value));
        }

        Assert.Equal((1, 1), (application.Hashes, other.Hashes));
    }

    [Fact]
    public async Task Both_secrets_of_a_rotated_token_are_hashed_once_each()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, old) = await application.IssueAsync();
        var rotated = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) });

        for (var i = 0; i < 3; i++)
        {
            foreach (var value in new[] { old, rotated.Value! })
            {
                Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
                Assert.Equal(PersonalAccessTokenRefusal.None, await other.RefusalOfAsync(value));
            }
        }

        Assert.Equal((2, 2), (application.Hashes, other.Hashes));
    }

    [Fact]
    public async Task The_row_is_read_for_each_presentation_where_no_staleness_is_allowed()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxStaleness = TimeSpan.Zero);
        var (_, value) = await application.IssueAsync();

        await application.RefusalOfAsync(value);
        await application.RefusalOfAsync(value);

        Assert.Equal(2, application.Store.CallsOf("FindAsync"));
    }

    // Row 20 of the known failures: the slow hash as a lever for overload.
    [Fact]
    public async Task Row_20_Among_100_000_presentations_by_64_callers_the_genuine_one_alone_is_hashed_and_kept()
    {
        const int Presentations = 100_000;
        const int Known = 1_000;
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var known = new List<Guid>();
        for (var i = 0; i < Known; i++)
        {
            known.Add((await application.IssueAsync($"owner {i}")).Token.Id);
        }

        var (_, genuine) = await application.IssueAsync();

        // As a database that has to be waited for: meanwhile the others come.
        cold.Store.AfterLookup = static async () => await Task.Yield();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Presentations),
            new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (presentation, _) =>
            {
                var wrong = PersonalAccessTokenFormat.Create("pat", known[presentation % Known]);
                Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await cold.RefusalOfAsync(wrong));
                if (presentation % 100 == 0)
                {
                    var unknown = PersonalAccessTokenFormat.Create("pat", Guid.CreateVersion7(cold.Now));
                    Assert.Equal(PersonalAccessTokenRefusal.UnknownId, await cold.RefusalOfAsync(unknown));
                    Assert.Equal(PersonalAccessTokenRefusal.Malformed, await cold.RefusalOfAsync(wrong[..^1]));
                }

                if (presentation == Presentations / 2)
                {
                    Assert.Equal((0, 0), (cold.Hashes, cold.Get<VerificationCache>().Count));
                    Assert.Equal(PersonalAccessTokenRefusal.None, await cold.RefusalOfAsync(genuine));
                }
            });

        Assert.Equal((1, 1), (cold.Hashes, cold.Get<VerificationCache>().Count));
    }

    [Fact]
    public async Task A_secret_that_a_limit_refuses_is_not_hashed()
    {
        await using var application = await TokenApplication.CreateAsync(options =>
        {
            options.MaxTokensPerOwner = 2;
            options.MaxSecretsPerOwnerPerDay = 2;
        });
        var (token, _) = await application.IssueAsync();
        await application.IssueAsync();
        var before = application.Hashes;

        var created = await application.Manager.CreateAsync(new()
        {
            OwnerId = "alice", Name = "third", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1),
        });
        var rotated = await application.Manager.RotateAsync("alice", token.Id, new());
        var repeated = await application.Manager.CreateAsync(new()
        {
            Id = token.Id, OwnerId = "alice", Name = "again", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1),
        });

        Assert.Equal(
            (PersonalAccessTokenFailure.Invalid, PersonalAccessTokenFailure.TooManySecrets, PersonalAccessTokenFailure.Duplicate),
            (created.Failure, rotated.Failure, repeated.Failure));
        Assert.Equal(before, application.Hashes);
    }

    // Row 33 of the known failures: a wrong secret shared the right one's verdict.
    [Fact]
    public async Task Row_33_Of_64_callers_at_once_exactly_those_with_the_right_secret_pass()
    {
        await using var application = await TokenApplication.CreateAsync(database: TestDatabase.SqliteFile());
        var (token, value) = await application.IssueAsync();
        for (var round = 0; round < 3; round++)
        {
            await using var cold = application.AddNode();
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var callers = Enumerable.Range(0, Callers).Select(async caller =>
            {
                var presented = caller % 2 == 0 ? value : PersonalAccessTokenFormat.Create("pat", token.Id);
                await start.Task;
                return await cold.RefusalOfAsync(presented);
            }).ToList();

            start.SetResult();
            var refusals = await Task.WhenAll(callers);

            Assert.Equal(
                Enumerable.Range(0, Callers).Select(caller => caller % 2 == 0 ? PersonalAccessTokenRefusal.None : PersonalAccessTokenRefusal.WrongSecret),
                refusals);
        }
    }
}
