using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Finds every fault in a scheme's options at once, each with its cure.</summary>
internal sealed class PersonalAccessTokenAuthenticationOptionsValidator(IOptions<PersonalAccessTokenOptions> tokens)
    : IValidateOptions<PersonalAccessTokenAuthenticationOptions>
{
    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenAuthenticationOptions options)
    {
        var faults = new List<string>();
        if (options.Realm?.Any(character => character is < ' ' or > '~') == true)
        {
            faults.Add($"{name}: Realm goes into a header; use printable ASCII characters.");
        }

        var known = tokens.Value.AcceptedPrefixes.Append(tokens.Value.TokenPrefix).ToList();
        foreach (var prefix in options.TokenPrefixes.Where(prefix => !known.Contains(prefix)))
        {
            faults.Add($"{name}: TokenPrefixes has '{prefix}', which no token begins with. Add it to AcceptedPrefixes of AddPersonalAccessTokens, or remove it; there are {string.Join(", ", known)}.");
        }

        foreach (var (setting, claimType) in new[]
        {
            (nameof(options.OwnerIdClaimType), options.OwnerIdClaimType),
            (nameof(options.SecurityStampClaimType), options.SecurityStampClaimType),
            (nameof(options.NameClaimType), options.NameClaimType),
            (nameof(options.RoleClaimType), options.RoleClaimType),
        })
        {
            if (string.IsNullOrEmpty(claimType))
            {
                faults.Add($"{name}: {setting} is empty. Leave it at its default, or name the claim.");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
