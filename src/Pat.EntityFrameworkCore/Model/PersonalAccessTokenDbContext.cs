using Microsoft.EntityFrameworkCore;

namespace Pat.EntityFrameworkCore;

/// <summary>
/// A context with the tables of personal access tokens and nothing else, for an application that has none of its own or
/// keeps tokens in a database apart. Works with <c>AddDbContext</c> and the pooled and factory variants.
/// </summary>
/// <param name="options">The provider and its settings.</param>
public sealed class PersonalAccessTokenDbContext(DbContextOptions<PersonalAccessTokenDbContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddPersonalAccessTokens();
}
