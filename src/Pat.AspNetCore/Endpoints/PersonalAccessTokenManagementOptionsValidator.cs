using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Finds every fault in how the management API is reached, such as origins that no browser would send.</summary>
internal sealed class PersonalAccessTokenManagementOptionsValidator : IValidateOptions<PersonalAccessTokenManagementOptions>
{
    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenManagementOptions options)
    {
        var faults = options.AllowedOrigins
            .Where(origin => !IsOrigin(origin))
            .Select(origin => $"AllowedOrigins: '{origin}' is no origin as browsers send it. Use scheme and host, without a path or a slash at the end: https://app.example.com.")
            .ToList();
        if (options.RequireRecentSignIn is { } oldest && (oldest < TimeSpan.FromMinutes(1) || oldest > TimeSpan.FromHours(24)))
        {
            faults.Add($"RequireRecentSignIn: {oldest} is out of range. Set it to 00:01:00 to 1.00:00:00, or to null to ask for none.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && origin.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
