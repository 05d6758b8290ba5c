using Microsoft.EntityFrameworkCore;

namespace Pat.Benchmarks.Peers;

/// <summary>OpenIddict's tables; its options add them.</summary>
internal sealed class AuthorizationDbContext(DbContextOptions<AuthorizationDbContext> options) : DbContext(options);
