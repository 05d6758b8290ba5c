namespace Pat.EntityFrameworkCore;

/// <summary>What a batch of the clean-up did with a table.</summary>
/// <param name="Removed">How many rows it deleted.</param>
/// <param name="Reached">The key of the last row that it judged; nothing where that is the table's last.</param>
internal readonly record struct CleanupStep<TKey>(int Removed, IReadOnlyList<TKey> Reached);
