using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore;

/// <summary>Says in the log at the start what works, and perhaps not as was meant.</summary>
internal sealed class StartNotes(
    EndpointDataSource endpoints,
    OpenEndpoints open,
    IAuthenticationSchemeProvider schemes,
    TokenSchemeNames names,
    OwnerLookup owners,
    ILogger<StartNotes> logger,
    ExplicitTokenAccess? explicitAccess = null) : IHostedLifecycleService
{
    /// <summary>Endpoints are there only when the application has built its pipeline.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // Where endpoints have to state what they take, that stops the start.
        if (explicitAccess is null && open.ListSwitchedOff() is { Count: > 0 } switchedOff)
        {
            Log.ScopesSwitchedOff(logger, string.Join("; ", switchedOff));
        }

        if (endpoints.Endpoints.Any(OpenEndpoints.IsForSessions) && (await schemes.GetAllSchemesAsync()).All(IsForTokens))
        {
            Log.NobodySignsIn(logger);
        }

        if (!owners.HasSource)
        {
            Log.NoOwnerSource(logger);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool IsForTokens(AuthenticationScheme scheme) =>
        names.Contains(scheme.Name) || scheme.Name == PersonalAccessTokenDefaults.SelectorScheme;
}
