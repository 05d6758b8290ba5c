namespace Pat.TestSupport;

/// <summary>A node that reads ahead, and what it knows without reading.</summary>
internal static class RefreshSteps
{
    public static async Task StartAsync(TokenApplication application)
    {
        await application.Get<StateRefresher>().StartAsync(default);
        await application.Time.DelayBegunAsync(TimeSpan.FromSeconds(5));
    }

    public static bool IsAcceptedFromMemory(TokenApplication application, string value) =>
        application.Get<PersonalAccessTokenVerifier>().TryVerify(value, out var verdict)
        && verdict is { Refusal: PersonalAccessTokenRefusal.None, Source: VerdictSource.Cache };

    public static Task ReadAtAsync(TokenApplication application, Guid id, DateTimeOffset time) => Eventually.TrueAsync(
        () => application.Get<VerificationCache>().Find(id)?.State?.Read.UtcTicks == time.UtcTicks);

    /// <summary>Has tokens accepted, as if they had been used in this moment.</summary>
    public static void UseTokens(TokenApplication application, int count) =>
        UseTokens(application, Enumerable.Range(0, count).Select(_ => SampleTokens.Create("alice")));

    public static void UseTokens(TokenApplication application, IEnumerable<PersonalAccessToken> tokens)
    {
        var cache = application.Get<VerificationCache>();
        var moment = ReadMoment.Now(application.Get<ChangeCounters>(), application.Time);
        foreach (var token in tokens)
        {
            var proven = cache.Prove(token.Id, default);
            proven.Offer(new TokenState(token, null, PersonalAccessTokenRefusal.None, new([], []), moment));
            proven.MarkUsed(application.Get<RefreshRounds>().Current);
        }
    }
}
