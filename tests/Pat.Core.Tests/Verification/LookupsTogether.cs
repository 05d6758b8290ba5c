namespace Pat.Core.Tests;

/// <summary>Look-ups of many tokens that one read answers.</summary>
internal static class LookupsTogether
{
    /// <returns>What became of each, all of them ended.</returns>
    public static async Task<List<Task<TokenReading?>>> SendAsync(TokenApplication application, List<Guid> tokens)
    {
        var lookups = application.Get<TokenLookups>();
        var busy = await BusyStatements.SendAsync(application);
        var first = application.Store.Lookups;
        var outcomes = tokens.Select(id => lookups.FindAsync(id, isProven: false, default)).ToList();
        await busy.AnswerAsync();
        await Task.WhenAll(outcomes).WaitAsync(TestDeadline.Limit).ContinueWith(static _ => { }, TaskScheduler.Default);
        Assert.Equal(tokens.Count, application.Store.LookedUp[first].Count);
        return outcomes;
    }
}
