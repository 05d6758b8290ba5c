using Microsoft.AspNetCore.Identity;

namespace TaskApi.Accounts;

public sealed class AppUser : IdentityUser;
