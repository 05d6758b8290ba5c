using System.Linq.Expressions;

namespace Pat.EntityFrameworkCore;

/// <summary>A table that a clean-up walks in the order that the database has for its key, which need not be .NET's.</summary>
/// <param name="KeyProperty">The name of the key.</param>
/// <param name="Key">The key.</param>
/// <param name="After">The rows that stand after one.</param>
/// <param name="UpTo">The rows that stand before one, and itself.</param>
internal sealed record CleanupTable<TEntity, TKey>(
    string KeyProperty,
    Expression<Func<TEntity, TKey>> Key,
    Func<TKey, Expression<Func<TEntity, bool>>> After,
    Func<TKey, Expression<Func<TEntity, bool>>> UpTo)
    where TEntity : class;
