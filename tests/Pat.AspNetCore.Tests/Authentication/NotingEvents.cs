namespace Pat.AspNetCore.Tests;

/// <summary>Events that a container makes; they note their calls.</summary>
internal sealed class NotingEvents(List<string> calls) : PersonalAccessTokenEvents
{
    public override Task MessageReceived(PersonalAccessTokenMessageReceivedContext context) => Note(nameof(MessageReceived));

    public override Task TokenValidated(PersonalAccessTokenValidatedContext context) => Note(nameof(TokenValidated));

    public override Task AuthenticationFailed(PersonalAccessTokenFailedContext context) => Note(nameof(AuthenticationFailed));

    public override Task Challenge(PersonalAccessTokenChallengeContext context) => Note(nameof(Challenge));

    public override Task Forbidden(PersonalAccessTokenForbiddenContext context) => Note(nameof(Forbidden));

    private Task Note(string name)
    {
        calls.Add(name);
        return Task.CompletedTask;
    }
}
