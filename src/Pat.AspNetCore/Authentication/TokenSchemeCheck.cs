using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Stops the start of an application whose schemes can't be told apart by their tokens, or that sets what no scheme goes by.</summary>
internal sealed class TokenSchemeCheck(
    TokenSchemes schemes, TokenSchemeNames names, IOptionsMonitor<PersonalAccessTokenAuthenticationOptions> options) : IHostedService
{
    private string PrimaryInCode => names.Primary == PersonalAccessTokenDefaults.AuthenticationScheme
        ? $"{nameof(PersonalAccessTokenDefaults)}.{nameof(PersonalAccessTokenDefaults.AuthenticationScheme)}"
        : $"\"{names.Primary}\"";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var faults = schemes.FindFaults().Concat(FindIgnoredLimits()).Concat(FindUnnamed()).ToList();
        return faults.Count == 0
            ? Task.CompletedTask
            : throw new OptionsValidationException(
                Options.DefaultName, typeof(PersonalAccessTokenAuthenticationOptions), faults);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Who has no token has no scheme of ours, so the first one's options say what limits others.</summary>
    private IEnumerable<string> FindIgnoredLimits() => names.All
        .Where(scheme => IsMissing(LimitOf(options.Get(scheme)), [LimitOf(options.Get(names.Primary))]))
        .Select(scheme => $"{scheme}: LimitOthers is ignored here, for others have no token that tells their scheme: the first scheme's counts. Set it there: {Cure(nameof(PersonalAccessTokenAuthenticationOptions.LimitOthers))}.");

    /// <summary>Options without a name are no scheme's. What is set for all of them, with and without a name, has reached the schemes too.</summary>
    private IEnumerable<string> FindUnnamed()
    {
        var unnamed = options.Get(Options.DefaultName);
        var defaults = new PersonalAccessTokenAuthenticationOptions();
        var named = names.All.Select(options.Get).ToList();
        var settings = new (string Name, Func<PersonalAccessTokenAuthenticationOptions, object?> Of)[]
        {
            (nameof(defaults.LimitOthers), LimitOf),
            (nameof(defaults.OwnerIdClaimType), static options => options.OwnerIdClaimType),
            (nameof(defaults.SecurityStampClaimType), static options => options.SecurityStampClaimType),
        };
        return settings
            .Where(setting => IsMissing(setting.Of(unnamed), named.Append(defaults).Select(setting.Of)))
            .Select(setting => $"{setting.Name} is set without a scheme's name, which sets it for no scheme. Name the scheme: {Cure(setting.Name)}.");
    }

    private static bool IsMissing(object? value, IEnumerable<object?> among) => value is not null && !among.Contains(value);

    /// <summary>The method: what is set for all schemes by code that keeps something is a delegate of its own for each.</summary>
    private static MethodInfo? LimitOf(PersonalAccessTokenAuthenticationOptions options) => options.LimitOthers?.Method;

    private string Cure(string setting) => $"Configure<PersonalAccessTokenAuthenticationOptions>({PrimaryInCode}, o => o.{setting} = ...)";
}
