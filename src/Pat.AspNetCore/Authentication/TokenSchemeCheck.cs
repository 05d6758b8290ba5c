using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Stops the start of an application whose schemes can't be told apart by their tokens, or whose configuration has names that are no settings.</summary>
internal sealed class TokenSchemeCheck(TokenSchemes schemes, SchemeConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var faults = configuration.FindFaults().Concat(schemes.FindFaults()).ToList();
        return faults.Count == 0
            ? Task.CompletedTask
            : throw new OptionsValidationException(
                Options.DefaultName, typeof(PersonalAccessTokenAuthenticationOptions), faults);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
