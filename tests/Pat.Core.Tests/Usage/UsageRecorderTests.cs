using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Pat.TestSupport;

namespace Pat.Core.Tests;

public sealed class UsageRecorderTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(SampleTokens.Start);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly UsageRecorder _recorder;

    public UsageRecorderTests() =>
        _recorder = new UsageRecorder(new PatMetrics(_services.GetRequiredService<IMeterFactory>()));

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Uses_of_one_token_are_one_note_of_the_newest()
    {
        var token = SampleTokens.Create("alice");

        Record(token, "first");
        _time.Advance(TimeSpan.FromSeconds(1));
        Record(token, "second");

        Assert.Equal(1, _recorder.Count);
        Assert.Equal(
            new PersonalAccessTokenUse(token.Id, SampleTokens.Start.AddSeconds(1), "second"), Assert.Single(_recorder.Take(10)));
        Assert.Equal(0, _recorder.Count);
    }

    [Fact]
    public void What_is_put_back_yields_to_a_newer_use()
    {
        var (used, usedAgain) = (SampleTokens.Create("alice"), SampleTokens.Create("alice"));
        Record(used, "old");
        Record(usedAgain, "old");
        var taken = _recorder.Take(10);
        _time.Advance(TimeSpan.FromSeconds(1));
        Record(usedAgain, "new");

        _recorder.PutBack(taken);

        Assert.Equal([(used.Id, "old"), (usedAgain.Id, "new")], _recorder.Take(10).Select(use => (use.Id, use.Address)));
    }

    [Fact]
    public void A_use_counts_from_its_note_on_whatever_becomes_of_the_write()
    {
        var token = SampleTokens.Create("alice");
        Record(token);
        Assert.Equal(SampleTokens.Start, LastUse());

        var taken = _recorder.Take(10);
        Assert.Equal(SampleTokens.Start, LastUse());
        _recorder.PutBack(taken);
        _recorder.ForgetTaken();
        Assert.Equal(SampleTokens.Start, LastUse());
        _recorder.Take(10);
        _recorder.ForgetTaken();
        Assert.Null(LastUse());

        DateTimeOffset? LastUse()
        {
            var read = SampleTokens.Copy(token);
            _recorder.Complete(read);
            return read.LastUsedAt;
        }
    }

    [Fact]
    public void The_oldest_are_taken_first_and_no_more_than_asked_for()
    {
        var tokens = Enumerable.Range(0, 25).Select(_ => SampleTokens.Create("alice")).ToList();
        foreach (var token in tokens.Prepend(tokens[24]))
        {
            Record(token);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var taken = Enumerable.Range(0, 4).Select(_ => _recorder.Take(10)).ToList();

        Assert.Equal([10, 10, 5, 0], taken.Select(uses => uses.Count));
        Assert.Equal(tokens.Select(token => token.Id), taken.SelectMany(uses => uses).Select(use => use.Id));
    }

    [Fact]
    public void Of_more_tokens_than_memory_has_room_for_the_oldest_uses_are_dropped_and_counted()
    {
        var first = SampleTokens.Create("alice");
        Record(first);
        RecordOthers(99_999);
        _time.Advance(TimeSpan.FromSeconds(1));
        Record(first);
        RecordOthers(100);

        Assert.Equal((100_000, 100, 0), (_recorder.Count, _recorder.TakeDropped(), _recorder.TakeDropped()));
        Assert.Equal(SampleTokens.Start.AddSeconds(1), _recorder.Take(int.MaxValue).Single(use => use.Id == first.Id).UsedAt);
    }

    [Fact]
    public void What_is_put_back_finds_only_the_room_that_is_left_and_loses_its_oldest()
    {
        var old = Enumerable.Range(0, 10).Select(_ => SampleTokens.Create("alice")).ToList();
        old.ForEach(token => Record(token));
        var taken = _recorder.Take(10);
        _time.Advance(TimeSpan.FromSeconds(1));
        RecordOthers(99_996);

        _recorder.PutBack(taken);

        Assert.Equal((100_000, 6), (_recorder.Count, _recorder.TakeDropped()));
        Assert.Equal(old.Skip(6).Select(token => token.Id), _recorder.Take(4).Select(use => use.Id));
    }

    [Fact]
    public void Of_uses_noted_and_taken_by_many_threads_none_is_lost()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => SampleTokens.Create("alice")).ToList();
        var taken = new ConcurrentBag<PersonalAccessTokenUse>();

        Parallel.For(0, 10_000, i =>
        {
            Record(tokens[i % 100]);
            if (i % 500 == 0)
            {
                _recorder.Take(30).ForEach(taken.Add);
            }
        });

        _recorder.Take(int.MaxValue).ForEach(taken.Add);
        Assert.Equal(tokens.Select(token => token.Id).Order(), taken.Select(use => use.Id).Distinct().Order());
    }

    private void Record(PersonalAccessToken token, string? address = null) =>
        _recorder.Record(new PersonalAccessTokenUse(token.Id, _time.GetUtcNow(), address));

    private void RecordOthers(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Record(new PersonalAccessToken { Id = Guid.CreateVersion7(SampleTokens.Start) });
        }
    }
}
