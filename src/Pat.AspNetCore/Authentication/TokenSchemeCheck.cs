using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Stops the start of an application whose schemes can't be told apart by their tokens.</summary>
internal sealed class TokenSchemeCheck(TokenSchemes schemes) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var faults = schemes.FindFaults().ToList();
        return faults.Count == 0
            ? Task.CompletedTask
            : throw new OptionsValidationException(
                Options.DefaultName, typeof(PersonalAccessTokenAuthenticationOptions), faults);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
