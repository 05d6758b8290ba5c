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
}
