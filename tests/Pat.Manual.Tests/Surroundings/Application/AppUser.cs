using Microsoft.AspNetCore.Identity;

internal sealed class AppUser : IdentityUser
{
    public string Name { get; set; } = "";

    public bool IsDisabled { get; set; }
}
