using System.Security.Claims;

namespace Pat.AspNetCore;

/// <summary>When the users of the cookies that this request was authenticated by signed in.</summary>
internal sealed class SignInNotes
{
    private readonly List<(ClaimsPrincipal User, DateTimeOffset Time)> _notes = [];

    public void Add(ClaimsPrincipal user, DateTimeOffset time) => _notes.Add((user, time));

    /// <summary>The latest sign-in of a user, or null where none was noted.</summary>
    public DateTimeOffset? Find(Func<ClaimsPrincipal, bool> isUser) =>
        _notes.Where(note => isUser(note.User)).Max(note => (DateTimeOffset?)note.Time);
}
