namespace Pat.Core.Tests;

public sealed class CreationTests
{
    public static TheoryData<string?> BadNames =>
    [
        (string?)null, "", "   ", "\u00a0\u2003", new string('n', 101), "a\nb", "a\0b", "a\u007fb", "a\u0085b", "a\ud800", "\udc00a", "a\udc00\ud800b",
    ];

    [Fact]
    public async Task A_created_token_is_returned_stored_and_works()
    {
        await using var application = await TokenApplication.CreateAsync();
        var expiresAt = application.Now.AddDays(90);

        var result = await application.Manager.CreateAsync(Request("deploy", ["read"], expiresAt));

        var stored = await application.ReadAsync(result.Token!.Id);
        Assert.All([result.Token, stored], token => Assert.Equal(
            ("alice", "deploy", "read", expiresAt, application.Now, application.Now, application.Now, 1),
            (token.OwnerId, token.Name, string.Join(' ', token.Scopes), token.ExpiresAt, token.CreatedAt, token.UpdatedAt, token.SecretCreatedAt, token.Version)));
        Assert.Equal(PersonalAccessTokenStatus.Active, application.Manager.StatusOf(stored));
        Assert.StartsWith($"pat_{PersonalAccessTokenFormat.FormatId(stored.Id)}_", result.Value, StringComparison.Ordinal);
        Assert.Equal(SecretDigest.Of(result.Value).ToTag(), stored.SecretTag);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(result.Value!));
    }

    [Fact]
    public async Task Ids_are_version_7_and_made_of_the_clock()
    {
        await using var application = await TokenApplication.CreateAsync();

        var (token, _) = await application.IssueAsync();

        Assert.Equal(7, token.Id.Version);
        Assert.Equal(Guid.CreateVersion7(application.Now).ToString()[..13], token.Id.ToString()[..13]);
    }

    [Theory, MemberData(nameof(BadNames))]
    public async Task A_bad_name_is_an_error_of_the_name(string? name)
    {
        await using var application = await TokenApplication.CreateAsync();

        await AssertInvalidAsync(application, Request(name, ["read"], application.Now.AddDays(1)), "name");
    }

    [Theory]
    [InlineData(" ci ", "ci")]
    [InlineData("\t a  b \n", "a  b")]
    [InlineData("\ud83d\ude80 launch", "\ud83d\ude80 launch")]
    public async Task A_name_loses_the_spaces_around_it_and_nothing_else(string name, string kept)
    {
        await using var application = await TokenApplication.CreateAsync();

        Assert.Equal(kept, (await application.ReadAsync((await application.IssueAsync(name: name)).Token.Id)).Name);
    }

    [Theory]
    [InlineData("\u200b")]
    [InlineData("\u202egnp.exe")]
    [InlineData("a\u2028forged")]
    [InlineData("\u2066a\u2069")]
    public async Task A_name_shows_and_turns_nothing_around_it(string name)
    {
        await using var application = await TokenApplication.CreateAsync();

        await AssertInvalidAsync(application, Request(name, ["read"], application.Now.AddDays(1)), "name");
    }

    [Fact]
    public async Task A_name_of_100_characters_is_allowed_when_trimmed()
    {
        await using var application = await TokenApplication.CreateAsync();

        Assert.Equal(100, (await application.IssueAsync(name: $" {new string('n', 100)} ")).Token.Name.Length);
    }

    [Fact]
    public async Task Two_tokens_of_one_name_can_be_created()
    {
        await using var application = await TokenApplication.CreateAsync();

        Assert.NotEqual((await application.IssueAsync()).Token.Id, (await application.IssueAsync()).Token.Id);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("READ")]
    [InlineData("")]
    [InlineData("read ")]
    [InlineData("*")]
    [InlineData("read", "admin")]
    [InlineData("read", null)]
    [InlineData]
    public async Task A_scope_that_the_application_does_not_know_or_none_is_an_error_of_the_scopes(params string?[] scopes)
    {
        await using var application = await TokenApplication.CreateAsync();

        await AssertInvalidAsync(application, Request("ci", scopes!, application.Now.AddDays(1)), "scopes");
        await AssertInvalidAsync(application, Request("ci", null, application.Now.AddDays(1)), "scopes");
    }

    [Fact]
    public async Task The_error_of_an_unknown_scope_names_it_and_the_known_ones_and_repeats_no_control_characters()
    {
        await using var application = await TokenApplication.CreateAsync();

        var result = await application.Manager.CreateAsync(
            Request("ci", ["ad\r\nmin", new string('x', 5_000)], application.Now.AddDays(1)));

        Assert.Collection(
            result.Errors["scopes"],
            error => Assert.Equal("There is no scope 'admin'. The scopes are read, write.", error),
            error => Assert.InRange(error.Length, 1, 200));
    }

    [Fact]
    public async Task Scopes_are_kept_once_and_in_the_order_of_the_application_and_without_what_they_imply()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.AddScope("tasks", "Tasks", "read"));

        var (token, _) = await application.IssueAsync(scopes: ["tasks", "write", "tasks"]);

        Assert.Equal(["write", "tasks"], (await application.ReadAsync(token.Id)).Scopes);
    }

    [Fact]
    public async Task An_expiry_that_has_come_is_refused_and_the_next_microsecond_is_not()
    {
        await using var application = await TokenApplication.CreateAsync();

        await AssertInvalidAsync(application, Request("ci", ["read"], application.Now.AddDays(-1)), "expiresAt");
        await AssertInvalidAsync(application, Request("ci", ["read"], application.Now), "expiresAt");
        await AssertInvalidAsync(application, Request("ci", ["read"], DateTimeOffset.MinValue), "expiresAt");
        await application.IssueAsync(expiresAt: application.Now.AddMicroseconds(1));
    }

    [Fact]
    public async Task An_expiry_may_be_as_far_away_as_MaxLifetime_and_no_further()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxLifetime = TimeSpan.FromDays(30));
        var last = application.Now.AddDays(30);

        await AssertInvalidAsync(application, Request("ci", ["read"], last.AddMicroseconds(1)), "expiresAt");
        await AssertInvalidAsync(application, Request("ci", ["read"], DateTimeOffset.MaxValue), "expiresAt");
        Assert.Equal(last, (await application.IssueAsync(expiresAt: last)).Token.ExpiresAt);
    }

    [Fact]
    public async Task An_expiry_is_required_unless_the_application_allows_none()
    {
        await using var strict = await TokenApplication.CreateAsync();
        await using var lenient = await TokenApplication.CreateAsync(options => options.AllowNoExpiry = true);

        await AssertInvalidAsync(strict, Request("ci", ["read"], null), "expiresAt");
        Assert.True((await lenient.Manager.CreateAsync(Request("ci", ["read"], null))).Succeeded);
    }

    [Fact]
    public async Task Without_MaxLifetime_a_token_may_last_to_the_end_of_the_calendar()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxLifetime = null);

        var (token, value) = await application.IssueAsync(expiresAt: DateTimeOffset.MaxValue);

        Assert.Equal(Clock.Truncate(DateTimeOffset.MaxValue), (await application.ReadAsync(token.Id)).ExpiresAt);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Every_error_is_told_at_once_and_nothing_is_written()
    {
        await using var application = await TokenApplication.CreateAsync();
        var request = new PersonalAccessTokenCreation
        {
            OwnerId = "alice", Name = "", Scopes = ["admin"], ExpiresAt = DateTimeOffset.UnixEpoch, TokenPrefix = "other",
        };

        await AssertInvalidAsync(application, request, "expiresAt", "name", "scopes", "tokenPrefix");
        Assert.Equal(0, application.Hashes);
    }

    [Fact]
    public async Task A_prefix_may_be_any_of_those_accepted()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.AcceptedPrefixes.Add("old_pat"));
        var result = await application.Manager.CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = "alice", Name = "ci", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1), TokenPrefix = "old_pat",
        });

        Assert.StartsWith("old_pat_", result.Value, StringComparison.Ordinal);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(result.Value!));
    }

    [Fact]
    public async Task An_id_chosen_by_the_caller_makes_one_token_and_then_a_duplicate()
    {
        await using var application = await TokenApplication.CreateAsync();
        var request = new PersonalAccessTokenCreation
        {
            OwnerId = "alice", Name = "ci", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1), Id = Guid.CreateVersion7(application.Now),
        };

        Assert.Equal(request.Id, (await application.Manager.CreateAsync(request)).Token?.Id);
        var again = await application.Manager.CreateAsync(request);

        Assert.Equal((PersonalAccessTokenFailure.Duplicate, null, null), (again.Failure, again.Token, again.Value));
        Assert.Equal(1, await application.CountRowsAsync());
    }

    [Fact]
    public async Task An_owner_at_the_limit_of_tokens_is_told_so_and_others_are_not_concerned()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxTokensPerOwner = 2);
        var (first, _) = await application.IssueAsync();
        await application.IssueAsync();

        var result = await application.Manager.CreateAsync(Request("ci", ["read"], application.Now.AddDays(1)));

        Assert.Equal(PersonalAccessTokenFailure.Invalid, result.Failure);
        Assert.Contains("2 tokens", Assert.Single(result.Errors[""]), StringComparison.Ordinal);
        await application.IssueAsync("bob");
        await application.Manager.RevokeAsync("alice", first.Id);
        await application.IssueAsync();
    }

    [Fact]
    public async Task An_owner_who_made_too_many_secrets_waits_until_the_day_is_over()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxSecretsPerOwnerPerDay = 2);
        var (token, _) = await application.IssueAsync();
        await application.Manager.RotateAsync("alice", token.Id, new PersonalAccessTokenRotation());

        Assert.Equal(
            PersonalAccessTokenFailure.TooManySecrets,
            (await application.Manager.CreateAsync(Request("ci", ["read"], application.Now.AddDays(1)))).Failure);
        Assert.Equal(
            PersonalAccessTokenFailure.TooManySecrets,
            (await application.Manager.RotateAsync("alice", token.Id, new PersonalAccessTokenRotation())).Failure);
        application.Time.Advance(TimeSpan.FromHours(24));
        await application.IssueAsync();
    }

    [Fact]
    public async Task An_owner_without_an_id_is_a_mistake_of_the_caller()
    {
        await using var application = await TokenApplication.CreateAsync();

        foreach (var owner in new[] { "", null, new string('o', 451) })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => application.Manager.CreateAsync(
                new PersonalAccessTokenCreation { OwnerId = owner!, Name = "ci", Scopes = ["read"] }));
        }

        Assert.Equal("alice", (await application.IssueAsync()).Token.OwnerId);
        Assert.Equal(450, (await application.IssueAsync(new string('o', 450))).Token.OwnerId.Length);
    }

    [Fact]
    public async Task An_id_of_zeros_is_a_mistake_of_the_caller()
    {
        await using var application = await TokenApplication.CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => application.Manager.CreateAsync(
            new PersonalAccessTokenCreation { OwnerId = "alice", Name = "ci", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1), Id = Guid.Empty }));

        Assert.Equal(0, await application.CountRowsAsync());
    }

    private static PersonalAccessTokenCreation Request(string? name, string[]? scopes, DateTimeOffset? expiresAt) =>
        new() { OwnerId = "alice", Name = name, Scopes = scopes, ExpiresAt = expiresAt };

    private static async Task AssertInvalidAsync(
        TokenApplication application, PersonalAccessTokenCreation request, params string[] fields)
    {
        var result = await application.Manager.CreateAsync(request);

        Assert.Equal((PersonalAccessTokenFailure.Invalid, null, null), (result.Failure, result.Token, result.Value));
        Assert.Equal(fields, result.Errors.Keys.Order());
        Assert.All(result.Errors.Values.SelectMany(messages => messages), Assert.NotEmpty);
        Assert.Equal(0, application.Store.Calls);
        Assert.Equal(0, await application.CountRowsAsync());
    }
}
