namespace TaskCli.Tasks;

/// <summary>The server does not take a task as it was given; the message has its words.</summary>
internal sealed class InvalidTaskException(string message) : Exception(message);
