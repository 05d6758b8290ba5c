namespace Pat.Client.Tests;

internal static class Tokens
{
    /// <summary>Of the published vectors.</summary>
    public const string Valid = "pat_02yKUjeeHYIuIrXSJxcLqg_mavzfVABqZ5YsOOlB1f46RfHk7hp3ILTgK2y3mH3Uqt3AumLJ";

    public const string Header = $"Bearer {Valid}";

    /// <summary>Neither the token nor a good part of its secret is in a text.</summary>
    public static void AssertAbsent(string text, string token = Valid) =>
        Assert.All(Parts(token), part => Assert.DoesNotContain(part, text, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Parts(string token) => token.Chunk(12).Where(part => part.Length > 8).Select(part => new string(part));
}
