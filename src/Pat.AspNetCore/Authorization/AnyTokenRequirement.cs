namespace Pat.AspNetCore;

/// <summary>Any usable token will do.</summary>
internal sealed class AnyTokenRequirement : TokenRequirement
{
    /// <summary>For the log of the authorization middleware.</summary>
    public override string ToString() => "Any token will do.";
}
