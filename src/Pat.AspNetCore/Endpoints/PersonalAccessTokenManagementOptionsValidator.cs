using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Finds origins that no browser would send, so that they would never match.</summary>
internal sealed class PersonalAccessTokenManagementOptionsValidator : IValidateOptions<PersonalAccessTokenManagementOptions>
{
    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenManagementOptions options)
    {
        var faults = options.AllowedOrigins
            .Where(origin => !IsOrigin(origin))
            .Select(origin => $"AllowedOrigins: '{origin}' is no origin as browsers send it. Use scheme and host, without a path or a slash at the end: https://app.example.com.")
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && origin.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
