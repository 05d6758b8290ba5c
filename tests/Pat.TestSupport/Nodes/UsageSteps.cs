using Xunit;

namespace Pat.TestSupport;

/// <summary>Tokens that are used on a node, and the writing of that.</summary>
internal static class UsageSteps
{
    public static Task FlushAsync(this TokenApplication application) =>
        application.Get<UsageWriter>().FlushAsync(CancellationToken.None);

    /// <summary>Authenticates a request.</summary>
    public static async Task UseAsync(this TokenApplication application, string value)
    {
        var verifier = application.Get<PersonalAccessTokenVerifier>();
        var verdict = await verifier.VerifyAsync(value, default);
        Assert.Equal(PersonalAccessTokenRefusal.None, verdict.Refusal);
        verifier.NoteUse(verdict, null);
    }

    /// <summary>Begins to stop the writing of uses while one waits to be written and the store does not answer until the test says so.</summary>
    public static async Task<(TaskCompletionSource Hanging, Task Stopping)> StopWhileStoreHangsAsync(this TokenApplication application)
    {
        var writer = application.Get<UsageWriter>();
        await writer.StartAsync(CancellationToken.None);
        await application.Time.NextDelayAsync();
        application.NoteUses(1);
        var hanging = new TaskCompletionSource();
        application.Store.Before = (_, _) => hanging.Task;
        return (hanging, writer.StopAsync(CancellationToken.None));
    }

    public static void NoteUse(this TokenApplication application, PersonalAccessToken token, string? address = null) =>
        application.Get<UsageRecorder>().Record(new PersonalAccessTokenUse(token.Id, application.Now, address));

    /// <summary>Notes uses of tokens that the store does not know.</summary>
    /// <param name="application">The node that they are used on.</param>
    /// <param name="count">How many.</param>
    /// <param name="busy">How many of them, the first ones, the store does not get round to.</param>
    public static void NoteUses(this TokenApplication application, int count, int busy = 0)
    {
        for (var i = 0; i < count; i++)
        {
            var token = new PersonalAccessToken { Id = Guid.CreateVersion7(application.Now) };
            if (i < busy)
            {
                application.Store.Busy.Add(token.Id);
            }

            application.NoteUse(token);
        }
    }
}
