using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.Client;

/// <summary>Finds every fault of a client's options at once, each with its cure.</summary>
internal sealed class PersonalAccessTokenClientOptionsValidator(IServiceProviderIsService services)
    : IValidateOptions<PersonalAccessTokenClientOptions>
{
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenClientOptions options)
    {
        var faults = new List<string>();
        CheckSource(options, faults);
        CheckDestination(options, faults);
        if (options.TokenPrefix is { } prefix && !TokenFormat.IsPrefix(prefix))
        {
            faults.Add($"{nameof(options.TokenPrefix)}: no token starts with it. Use 2 to 24 characters, lower-case words of letters and digits joined by '_', without one at the end: task_pat.");
        }

        if (options.MaxRetryDelay < TimeSpan.Zero || options.MaxRetryDelay > LongestRetryDelay)
        {
            faults.Add($"{nameof(options.MaxRetryDelay)}: {options.MaxRetryDelay} is out of range. Set it to {TimeSpan.Zero} to {LongestRetryDelay}.");
        }

        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"The personal access token of the client '{name}': {fault}"));
    }

    private void CheckSource(PersonalAccessTokenClientOptions options, List<string> faults)
    {
        (string Name, object? Value)[] sources =
        [
            (nameof(options.EnvironmentVariable), options.EnvironmentVariable),
            (nameof(options.ConfigurationKey), options.ConfigurationKey),
            (nameof(options.File), options.File),
            (nameof(options.Callback), options.Callback),
        ];
        var set = sources.Where(static source => source.Value is not null).ToList();
        if (set.Count != 1)
        {
            faults.Add(set.Count == 0
                ? $"there is no source. Set one of {string.Join(", ", sources.Select(static source => source.Name))}."
                : $"there are {set.Count} sources. Keep one of {string.Join(", ", set.Select(static source => source.Name))}.");
        }

        foreach (var (source, value) in set)
        {
            if (value is string text && FindFault(source, text) is { } fault)
            {
                faults.Add($"{source}: {fault}");
            }
        }
    }

    private string? FindFault(string source, string value)
    {
        if (value.Split('_', '/', '\\').Any(static part => part.Length >= 49 && part.All(char.IsAsciiLetterOrDigit)))
        {
            // Not repeated: it may be what it looks like.
            return "it looks like a token. Give the place where the token is kept, and replace the token if it stands in the code.";
        }

        return source switch
        {
            _ when string.IsNullOrWhiteSpace(value) => "it is empty. Give the place where the token is kept.",
            nameof(PersonalAccessTokenClientOptions.EnvironmentVariable) when value.Contains('=', StringComparison.Ordinal) =>
                "a variable's name has no '='. Give the name alone: TASKS_ACCESS_TOKEN.",
            nameof(PersonalAccessTokenClientOptions.File) when !Path.IsPathFullyQualified(value) =>
                $"'{value}' depends on the current directory. Give the full path; '~' is not replaced.",
            nameof(PersonalAccessTokenClientOptions.ConfigurationKey) when !services.IsService(typeof(IConfiguration)) =>
                "the services have no IConfiguration. Add it, or use another source.",
            _ => null,
        };
    }

    private static void CheckDestination(PersonalAccessTokenClientOptions options, List<string> faults)
    {
        if (options.Origin is not { } origin)
        {
            faults.Add($"it is not known where the token may go. Set BaseAddress where the client is added, AddHttpClient(..., client => client.BaseAddress = new Uri(\"https://...\")), or {nameof(options.Origin)}.");
        }
        else if (!origin.IsAbsoluteUri)
        {
            faults.Add($"{nameof(options.Origin)}: it is relative. Give scheme and host: https://api.example.com.");
        }
        else if (!Destination.IsSafe(origin))
        {
            faults.Add($"{Destination.Show(origin)} is neither HTTPS nor this machine, so others on the way could read the token. Use https://, or http://localhost in development.");
        }
    }
}
