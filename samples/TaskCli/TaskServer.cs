namespace TaskCli;

/// <summary>Which Taskboard is meant.</summary>
internal static class TaskServer
{
    public const string Variable = "TASKS_SERVER";

    public const string Default = "http://localhost:5080";

    /// <summary>
    /// The address, with a slash at its end so that paths are relative to it, or null where it is none. A user and a password
    /// in it are sent nowhere, and are left out so that no message shows them.
    /// </summary>
    public static Uri? Find()
    {
        var address = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : Default;
        return Uri.TryCreate(address.TrimEnd('/') + '/', UriKind.Absolute, out var server)
            && (server.Scheme == Uri.UriSchemeHttps || server.Scheme == Uri.UriSchemeHttp)
            ? new UriBuilder(server) { UserName = "", Password = "" }.Uri
            : null;
    }
}
