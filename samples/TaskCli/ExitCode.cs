namespace TaskCli;

/// <summary>What a script learns from the process.</summary>
internal enum ExitCode
{
    Ok = 0,
    Unexpected = 1,
    Usage = 2,
    NotAuthorized = 3,
    NotAllowed = 4,
    NotFound = 5,
    Unavailable = 6,

    /// <summary>As shells have it for a process that Ctrl+C ends.</summary>
    Cancelled = 130,
}
