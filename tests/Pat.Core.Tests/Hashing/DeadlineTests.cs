using Microsoft.Extensions.Time.Testing;

namespace Pat.Core.Tests;

public sealed class DeadlineTests
{
    [Fact]
    public void What_is_left_of_it_grows_less_until_nothing_is_left()
    {
        var time = new FakeTimeProvider();
        var deadline = new Deadline(TimeSpan.FromSeconds(3), time);
        Assert.Equal(TimeSpan.FromSeconds(3), deadline.Left);

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(1), deadline.Left);

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, deadline.Left);
    }

    [Fact]
    public void A_new_secret_has_30_seconds() => Assert.Equal(TimeSpan.FromSeconds(30), Deadline.OfNewSecret(new FakeTimeProvider()).Left);
}
