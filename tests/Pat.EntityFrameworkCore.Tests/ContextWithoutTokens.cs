using Microsoft.EntityFrameworkCore;

namespace Pat.EntityFrameworkCore.Tests;

public sealed class ContextWithoutTokens(DbContextOptions<ContextWithoutTokens> options) : DbContext(options);
