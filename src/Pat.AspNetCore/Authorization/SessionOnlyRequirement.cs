namespace Pat.AspNetCore;

/// <summary>No token will do: a token never manages tokens.</summary>
internal sealed class SessionOnlyRequirement : TokenRequirement
{
    public override bool OpensEndpoint => false;

    /// <summary>For the log of the authorization middleware.</summary>
    public override string ToString() => "A token will not do.";
}
