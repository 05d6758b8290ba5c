using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Pat.TestSupport;

namespace Pat.Core.Tests;

public sealed class UsageRecorderTests
{
    private readonly FakeTimeProvider _time = new(TestTokens.Start);
    private readonly UsageRecorder _recorder;

    public UsageRecorderTests()
    {
        var options = Options.Create(new PersonalAccessTokenOptions());
        _recorder = new UsageRecorder(new Clock(_time, options), options);
    }

    [Fact]
    public void Uses_of_one_token_are_one_note_of_the_newest()
    {
        var token = TestTokens.Create("alice");

        _recorder.Record(token, "first");
        _time.Advance(TimeSpan.FromSeconds(1));
        _recorder.Record(token, "second");

        Assert.Equal(1, _recorder.Count);
        Assert.Equal(
            new PersonalAccessTokenUse(token.Id, TestTokens.Start.AddSeconds(1), "second"), Assert.Single(_recorder.Take(10)));
        Assert.Equal(0, _recorder.Count);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_use_is_noted_when_the_last_one_is_as_old_as_the_resolution(int microseconds, bool isNoted)
    {
        var token = TestTokens.Create(
            "alice", token => token.LastUsedAt = TestTokens.Start.AddMinutes(-5).AddMicroseconds(-microseconds));

        _recorder.Record(token, null);

        Assert.Equal(isNoted ? 1 : 0, _recorder.Count);
    }

    [Fact]
    public void The_first_use_is_noted_at_once()
    {
        _recorder.Record(TestTokens.Create("alice"), null);

        Assert.Equal(1, _recorder.Count);
    }

    [Fact]
    public void What_is_put_back_yields_to_a_newer_use()
    {
        var (used, usedAgain) = (TestTokens.Create("alice"), TestTokens.Create("alice"));
        _recorder.Record(used, "old");
        _recorder.Record(usedAgain, "old");
        var taken = _recorder.Take(10);
        _time.Advance(TimeSpan.FromSeconds(1));
        _recorder.Record(usedAgain, "new");

        _recorder.PutBack(taken);

        var addresses = _recorder.Take(10).ToDictionary(use => use.Id, use => use.Address);
        Assert.Equal((2, "old", "new"), (addresses.Count, addresses[used.Id], addresses[usedAgain.Id]));
    }

    [Fact]
    public void No_more_are_taken_than_asked_for()
    {
        for (var i = 0; i < 25; i++)
        {
            _recorder.Record(TestTokens.Create("alice"), null);
        }

        Assert.Equal([10, 10, 5, 0], Enumerable.Range(0, 4).Select(_ => _recorder.Take(10).Count));
    }

    [Fact]
    public void Memory_is_bounded_and_tokens_that_are_noted_stay_up_to_date()
    {
        var first = TestTokens.Create("alice");
        _recorder.Record(first, null);
        for (var i = 0; i < 100_100; i++)
        {
            _recorder.Record(new PersonalAccessToken { Id = Guid.CreateVersion7(TestTokens.Start) }, null);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        _recorder.Record(first, null);

        Assert.Equal(100_000, _recorder.Count);
        Assert.Equal(TestTokens.Start.AddSeconds(1), _recorder.Take(int.MaxValue).Single(use => use.Id == first.Id).UsedAt);
    }

    [Fact]
    public void Of_uses_noted_and_taken_by_many_threads_none_is_lost()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => TestTokens.Create("alice")).ToList();
        var taken = new ConcurrentBag<PersonalAccessTokenUse>();

        Parallel.For(0, 10_000, i =>
        {
            _recorder.Record(tokens[i % 100], null);
            if (i % 500 == 0)
            {
                _recorder.Take(30).ForEach(taken.Add);
            }
        });

        _recorder.Take(int.MaxValue).ForEach(taken.Add);
        Assert.Equal(tokens.Select(token => token.Id).Order(), taken.Select(use => use.Id).Distinct().Order());
    }
}
