using Microsoft.AspNetCore.Identity;

namespace Pat.Identity.Tests;

/// <summary>The membership of a role as an application extends it.</summary>
public sealed class PersonRole : IdentityUserRole<string>
{
    public string? GrantedBy { get; set; }
}
