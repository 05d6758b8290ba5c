using Microsoft.AspNetCore.Identity;

namespace Pat.Identity.Tests;

/// <summary>A user as an application has it, with a flag of its own.</summary>
public sealed class Person : IdentityUser
{
    public bool IsDisabled { get; set; }
}
