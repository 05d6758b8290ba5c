namespace Pat.History.Node;

/// <summary>Writes exceptions of the product that nobody looked at to the output of the node.</summary>
internal static class UnobservedFaults
{
    public static void Report()
    {
        TaskScheduler.UnobservedTaskException += static (_, fault) =>
        {
            var text = fault.Exception.ToString();
            if (text.Contains("   at Pat.", StringComparison.Ordinal))
            {
                Console.WriteLine($"pat-history unobserved {text.ReplaceLineEndings(" | ")}");
            }
        };

        // They are found when what held them is collected.
        AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        };
    }
}
