namespace Pat;

/// <summary>
/// A token could not be judged: the store or the owners can't be reached, or a key is missing. It says nothing about the
/// token; whoever asked may ask again.
/// </summary>
public sealed class PersonalAccessTokenUnavailableException : Exception
{
    /// <summary>A token could not be judged.</summary>
    public PersonalAccessTokenUnavailableException()
        : this("The token could not be judged; ask again later.")
    {
    }

    /// <summary>A token could not be judged for the reason in <paramref name="message"/>.</summary>
    public PersonalAccessTokenUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>A token could not be judged for the reason in <paramref name="message"/>.</summary>
    public PersonalAccessTokenUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether it is for want of room on this node: nothing was asked of anybody, and nothing changed.</summary>
    internal bool IsForWantOfRoom { get; init; }
}
