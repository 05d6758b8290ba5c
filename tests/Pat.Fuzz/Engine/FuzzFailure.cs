namespace Pat.Fuzz;

/// <summary>The product did with an input what it should not.</summary>
internal sealed class FuzzFailure(string message) : Exception(message)
{
    public static void Unless(bool isRight, string message)
    {
        if (!isRight)
        {
            throw new FuzzFailure(message);
        }
    }

    /// <summary>Fails unless both are equal.</summary>
    public static void UnlessEqual<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new FuzzFailure($"{what}: expected {expected?.ToString() ?? "nothing"}, got {actual?.ToString() ?? "nothing"}.");
        }
    }
}
