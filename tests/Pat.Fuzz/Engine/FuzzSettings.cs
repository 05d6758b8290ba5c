using System.Globalization;

namespace Pat.Fuzz;

/// <summary>What to run and how long.</summary>
/// <param name="What">The target's name.</param>
internal sealed record FuzzSettings(string What)
{
    /// <summary>How many inputs or steps, or null for the long form's number.</summary>
    public long? Executions { get; init; }

    /// <summary>What the inputs are drawn from. The same seed and corpus give the same inputs.</summary>
    public int Seed { get; init; } = Random.Shared.Next();

    /// <summary>Which store the manager stands on.</summary>
    public string Store { get; init; } = "sqlite";

    /// <summary>A case of the manager that failed before, as it was printed, or null.</summary>
    public string? Case { get; init; }

    public bool Save { get; init; }

    public bool ShowMissing { get; init; }

    /// <summary>Null where the arguments make no sense.</summary>
    public static FuzzSettings? Read(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            return null;
        }

        var settings = new FuzzSettings(arguments[0]);
        for (var index = 1; index < arguments.Length; index++)
        {
            var value = index + 1 < arguments.Length ? arguments[index + 1] : "";
            switch (arguments[index])
            {
                case "--executions" when long.TryParse(value, CultureInfo.InvariantCulture, out var executions):
                    settings = settings with { Executions = executions };
                    index++;
                    break;

                case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out var seed):
                    settings = settings with { Seed = seed };
                    index++;
                    break;

                case "--store":
                    settings = settings with { Store = value };
                    index++;
                    break;

                case "--case":
                    settings = settings with { Case = value };
                    index++;
                    break;

                case "--save":
                    settings = settings with { Save = true };
                    break;

                case "--missing":
                    settings = settings with { ShowMissing = true };
                    break;

                default:
                    return null;
            }
        }

        return settings;
    }
}
