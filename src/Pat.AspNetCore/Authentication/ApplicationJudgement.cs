namespace Pat.AspNetCore;

/// <summary>That an event of the application's accepted a request by a principal of its own, in our scheme's name.</summary>
internal sealed class ApplicationJudgement
{
    public static readonly ApplicationJudgement Accepted = new();
}
