using Xunit;

namespace Pat.TestSupport;

public abstract partial class PersonalAccessTokenStoreContract
{
    [Theory]
    [InlineData(PersonalAccessTokenStatus.Active)]
    [InlineData(PersonalAccessTokenStatus.Expired)]
    [InlineData(PersonalAccessTokenStatus.Inactive)]
    [InlineData(PersonalAccessTokenStatus.Revoked)]
    public async Task The_database_gives_a_token_the_state_that_memory_gives_it(PersonalAccessTokenStatus status)
    {
        var tokens = BoundaryTokens(SampleTokens.InactivityPeriod);
        await SeedAsync(tokens);
        var expected = tokens.Where(token => AtNow.StatusOf(token) == status).Select(token => token.Id).ToHashSet();

        var page = await Store.ListAsync(
            new PersonalAccessTokenQuery { OwnerId = Owner, Status = status, PageSize = tokens.Count }, AtNow, default);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, page.Items.Select(token => token.Id).ToHashSet());
        Assert.Equal(expected.Count, page.Total);
    }

    [Fact]
    public async Task A_list_shows_the_owners_tokens_alone()
    {
        var mine = await AddAsync();
        await AddAsync(owner: OtherOwner);

        var page = await Store.ListAsync(new PersonalAccessTokenQuery { OwnerId = Owner }, AtNow, default);

        Assert.Equivalent(mine, Assert.Single(page.Items), strict: true);
        Assert.Equal(1, page.Total);
    }

    [Theory]
    [InlineData("deploy", "CI DEPLOY bot")]
    [InlineData("DEPLOY b", "CI DEPLOY bot")]
    [InlineData("%", "100% sure")]
    [InlineData("_", "snake_case")]
    [InlineData("\\", "back\\slash")]
    [InlineData("'", "it's")]
    [InlineData("[a]", "array[a]")]
    [InlineData("ÉTÉ", "Un ÉTÉ")]
    [InlineData("un ÉT", "Un ÉTÉ")]
    [InlineData("nothing like it", null)]
    [InlineData("\0", null)]
    public async Task A_search_finds_names_that_contain_the_text_as_it_stands(string search, string? expected)
    {
        foreach (var name in (string[])["CI DEPLOY bot", "100% sure", "snake_case", "back\\slash", "it's", "array[a]", "Un ÉTÉ"])
        {
            await AddAsync(token => token.Name = name);
        }

        var page = await Store.ListAsync(new PersonalAccessTokenQuery { OwnerId = Owner, Search = search }, AtNow, default);

        Assert.Equal(expected is null ? [] : [expected], page.Items.Select(token => token.Name));
        Assert.Equal(expected is null ? 0 : 1, page.Total);
    }

    [Fact]
    public async Task A_search_finds_a_token_by_its_exact_id_and_no_part_of_it()
    {
        var token = await AddAsync();
        await AddAsync();
        var others = await AddAsync(owner: OtherOwner);

        Assert.Equal([token.Id], await SearchAsync(PersonalAccessTokenFormat.FormatId(token.Id)));
        Assert.Empty(await SearchAsync(PersonalAccessTokenFormat.FormatId(token.Id)[1..]));
        Assert.Empty(await SearchAsync(PersonalAccessTokenFormat.FormatId(others.Id)));

        async Task<IEnumerable<Guid>> SearchAsync(string search)
        {
            var page = await Store.ListAsync(new PersonalAccessTokenQuery { OwnerId = Owner, Search = search }, AtNow, default);
            return page.Items.Select(found => found.Id);
        }
    }

    [Fact]
    public async Task An_empty_search_is_none()
    {
        await AddAsync();

        Assert.Equal(1, (await Store.ListAsync(new PersonalAccessTokenQuery { OwnerId = Owner, Search = "" }, AtNow, default)).Total);
    }

    [Theory]
    [InlineData(PersonalAccessTokenSort.CreatedAt, false, "abcd")]
    [InlineData(PersonalAccessTokenSort.CreatedAt, true, "cdba")]
    [InlineData(PersonalAccessTokenSort.Name, false, "abcd")]
    [InlineData(PersonalAccessTokenSort.Name, true, "dcba")]
    [InlineData(PersonalAccessTokenSort.ExpiresAt, false, "bacd")]
    [InlineData(PersonalAccessTokenSort.ExpiresAt, true, "cdab")]
    [InlineData(PersonalAccessTokenSort.LastUsedAt, false, "abdc")]
    [InlineData(PersonalAccessTokenSort.LastUsedAt, true, "cdab")]
    public async Task A_list_is_sorted_with_nulls_in_their_place_and_equals_in_the_order_of_ids(
        PersonalAccessTokenSort sort, bool descending, string expected)
    {
        var day = TimeSpan.FromDays(1);
        await SeedAsync(
        [
            SampleTokens.Create(Owner, token => (token.Name, token.CreatedAt, token.ExpiresAt, token.LastUsedAt) = ("a", Now, Now + (2 * day), null)),
            SampleTokens.Create(Owner, token => (token.Name, token.CreatedAt, token.ExpiresAt, token.LastUsedAt) = ("b", Now + day, Now + day, null)),
            SampleTokens.Create(Owner, token => (token.Name, token.CreatedAt, token.ExpiresAt, token.LastUsedAt) = ("c", Now + (2 * day), null, Now + day)),
            SampleTokens.Create(Owner, token => (token.Name, token.CreatedAt, token.ExpiresAt, token.LastUsedAt) = ("d", Now + (2 * day), null, Now)),
        ]);

        var query = new PersonalAccessTokenQuery { OwnerId = Owner, Sort = sort, Descending = descending };
        var page = await Store.ListAsync(query, AtNow, default);

        Assert.Equal(expected, string.Concat(page.Items.Select(token => token.Name)));
    }

    [Theory]
    [InlineData(1, 2, "ab")]
    [InlineData(2, 2, "cd")]
    [InlineData(3, 2, "e")]
    [InlineData(4, 2, "")]
    [InlineData(int.MaxValue, 100, "")]
    public async Task A_page_has_its_part_of_the_list_and_the_total_of_all(int number, int size, string expected)
    {
        await SeedAsync("abcde".Select(name => SampleTokens.Create(Owner, token => token.Name = name.ToString())));
        var query = new PersonalAccessTokenQuery
        {
            OwnerId = Owner, Sort = PersonalAccessTokenSort.Name, Descending = false, Page = number, PageSize = size,
        };

        var page = await Store.ListAsync(query, AtNow, default);

        Assert.Equal(expected, string.Concat(page.Items.Select(token => token.Name)));
        Assert.Equal(5, page.Total);
    }
}
