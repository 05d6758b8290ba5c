namespace Pat.Core.Tests;

public sealed class ReadingTests
{
    [Fact]
    public async Task A_token_of_someone_else_is_as_unknown_as_one_that_is_not_there()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync("bob");
        var manager = application.Manager;

        foreach (var id in new[] { token.Id, Guid.CreateVersion7(application.Now) })
        {
            Assert.Null(await manager.GetAsync("alice", id));
            Assert.False(await manager.RevokeAsync("alice", id));
            Assert.Equal(
                (PersonalAccessTokenFailure.NotFound, null), Told(await manager.EditAsync("alice", id, new() { Name = "mine" })));
            Assert.Equal((PersonalAccessTokenFailure.NotFound, null), Told(await manager.RotateAsync("alice", id, new())));
        }

        Assert.Null(await manager.GetAsync("BOB", token.Id));
        var untouched = await manager.GetAsync("bob", token.Id);
        Assert.Equal(("ci", 1, null), (untouched!.Name, untouched.Version, untouched.RevokedAt));
    }

    [Fact]
    public async Task An_operator_finds_a_token_by_id_or_by_its_pasted_value_not_by_one_that_anybody_can_put_together()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();

        Assert.Equal(token.Id, (await application.Manager.FindAsync(token.Id))?.Id);
        Assert.Equal(token.Id, (await application.Manager.FindByValueAsync($" {value}\n"))?.Id);
        Assert.Null(await application.Manager.FindByValueAsync(PersonalAccessTokenFormat.Create("pat", token.Id)));
        Assert.Null(await application.Manager.FindByValueAsync(PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet)));
        Assert.Null(await application.Manager.FindByValueAsync("no token"));
    }

    [Fact]
    public async Task A_value_from_before_a_rotation_is_found_while_it_works()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, first) = await application.IssueAsync();
        var second = (await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) })).Value!;

        Assert.Equal(token.Id, (await application.Manager.FindByValueAsync(first))?.Id);
        Assert.Equal(token.Id, (await application.Manager.FindByValueAsync(second))?.Id);
        application.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await application.Manager.FindByValueAsync(first));
        await application.Manager.RevokeAsync(token.Id);
        Assert.Equal(token.Id, (await application.Manager.FindByValueAsync(second))?.Id);
    }

    [Fact]
    public async Task A_list_holds_the_owners_tokens_alone_newest_first()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (first, _) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromSeconds(1));
        var (second, _) = await application.IssueAsync();
        await application.IssueAsync("bob");

        var page = await application.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = "alice" });

        Assert.Equal(2, page.Total);
        Assert.Equal([second.Id, first.Id], page.Items.Select(token => token.Id));
    }

    [Fact]
    public async Task A_list_judges_states_by_the_clock()
    {
        await using var application = await TokenApplication.CreateAsync();
        await application.IssueAsync(expiresAt: application.Now.AddHours(1));

        Assert.Equal((1, 0), (await CountAsync(PersonalAccessTokenStatus.Active), await CountAsync(PersonalAccessTokenStatus.Expired)));
        application.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 1), (await CountAsync(PersonalAccessTokenStatus.Active), await CountAsync(PersonalAccessTokenStatus.Expired)));

        async Task<int> CountAsync(PersonalAccessTokenStatus status) =>
            (await application.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = "alice", Status = status })).Total;
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(-1, 10)]
    [InlineData(1, 0)]
    [InlineData(1, 101)]
    public async Task A_page_that_there_cannot_be_is_a_mistake_of_the_caller(int page, int pageSize)
    {
        await using var application = await TokenApplication.CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => application.Manager.ListAsync(
            new PersonalAccessTokenQuery { OwnerId = "alice", Page = page, PageSize = pageSize }));
    }

    [Fact]
    public async Task A_page_far_beyond_the_last_is_empty()
    {
        await using var application = await TokenApplication.CreateAsync();
        await application.IssueAsync();

        var page = await application.Manager.ListAsync(
            new PersonalAccessTokenQuery { OwnerId = "alice", Page = int.MaxValue, PageSize = 100 });

        Assert.Equal((1, 0), (page.Total, page.Items.Count));
    }

    private static (PersonalAccessTokenFailure, PersonalAccessToken?) Told(PersonalAccessTokenResult result) => (result.Failure, result.Token);
}
