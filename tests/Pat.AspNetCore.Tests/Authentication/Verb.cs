namespace Pat.AspNetCore.Tests;

/// <summary>What a scheme can be asked for.</summary>
public enum Verb
{
    Authenticate,
    Challenge,
    Forbid,
    SignIn,
    SignOut,
}
