namespace Pat.Fuzz;

/// <summary>A call of the product allocated more than it may.</summary>
internal sealed class AllocationFailure(string message) : Exception(message);
