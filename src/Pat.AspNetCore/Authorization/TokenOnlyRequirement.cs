namespace Pat.AspNetCore;

/// <summary>Any usable token will do, and nothing but a token.</summary>
internal sealed class TokenOnlyRequirement : TokenRequirement
{
    public override bool AcceptsSessions => false;

    /// <summary>For the log of the authorization middleware.</summary>
    public override string ToString() => "Only a token will do.";
}
