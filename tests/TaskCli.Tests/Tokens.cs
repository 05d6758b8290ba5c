namespace TaskCli.Tests;

internal static class Tokens
{
    /// <summary>Whole, of this product, and known to no server.</summary>
    public const string Unknown = "task_pat_02yKUjeeHYIuIrXSJxcLqg_mavzfVABqZ5YsOOlB1f46RfHk7hp3ILTgK2y3mH3Uqt0mrwHD";

    public const string OfAnotherProduct = "acme_pat_02yKUjeeHYIuIrXSJxcLqg_mavzfVABqZ5YsOOlB1f46RfHk7hp3ILTgK2y3mH3Uqt2dnBf7";
}
