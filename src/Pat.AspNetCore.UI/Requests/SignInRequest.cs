namespace Pat.AspNetCore.UI;

/// <summary>That one has to sign in again.</summary>
/// <param name="Link">Leads to the sign-in, and from there back to this page.</param>
/// <param name="HasEnded">Whether the session has ended; otherwise it is only too old for what was asked.</param>
internal sealed record SignInRequest(string Link, bool HasEnded);
