namespace Pat.Core.Tests;

/// <summary>Look-ups of ids that nobody has, each of which is a statement that is not answered yet: what comes now gathers for the next.</summary>
internal sealed class BusyStatements
{
    private static readonly TimeSpan LongestAlone = TimeSpan.FromMilliseconds(5);

    private readonly List<HeldLookup> _held = [];
    private readonly List<Task<TokenReading?>> _lookups = [];

    /// <summary>Sends as many, one beside the other, each when the one before it has taken so long that it is waited for no longer.</summary>
    public static async Task<BusyStatements> SendAsync(TokenApplication application, int count = 1)
    {
        var busy = new BusyStatements();
        for (var sent = 0; sent < count; sent++)
        {
            if (sent > 0)
            {
                application.Time.Advance(LongestAlone);
            }

            application.Time.ForgetDelays();
            var held = application.Store.HoldNextLookup();
            busy._held.Add(held);
            busy._lookups.Add(application.Get<TokenLookups>().FindAsync(Guid.CreateVersion7(application.Now), isProven: false, default));
            await held.ReadAsync();
            await application.Time.DelayBegunAsync(LongestAlone);
        }

        return busy;
    }

    /// <summary>Answers them.</summary>
    public async Task AnswerAsync()
    {
        _held.ForEach(static held => held.Release());
        Assert.All(await Task.WhenAll(_lookups).WaitAsync(TestDeadline.Limit), Assert.Null);
    }
}
