namespace Pat.AspNetCore;

/// <summary>What became of the token that a request carries.</summary>
internal enum TokenOutcome
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It is genuine and usable.</summary>
    Accepted,

    /// <summary>It is not.</summary>
    Refused,

    /// <summary>It came together with other credentials in the header.</summary>
    Ambiguous,

    /// <summary>It could not be judged.</summary>
    Unavailable,

    /// <summary>It was not judged, since too much was refused that came from its address.</summary>
    Limited,

    /// <summary>It was not looked at, since the endpoint takes no tokens.</summary>
    NotOpen,
}
