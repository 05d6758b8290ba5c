using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// Stops the start of an application whose endpoints ask for a scope that it does not know, which would answer 500 at their
/// first request, and to tokens only; that manage tokens for everybody, or twice at one path; or, where that is asked for,
/// that do not say whether they take tokens, or say it in vain. Lists those that do.
/// </summary>
internal sealed class EndpointCheck(
    EndpointDataSource endpoints,
    IAuthorizationPolicyProvider policies,
    OpenEndpoints open,
    PersonalAccessTokenScopes scopes,
    ILogger<EndpointCheck> logger,
    ExplicitTokenAccess? explicitAccess = null) : IHostedLifecycleService
{
    /// <summary>Endpoints are there only when the application has built its pipeline.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        AddUnknown(faults, "The default policy", (await policies.GetDefaultPolicyAsync()).Requirements);
        AddUnknown(faults, "The fallback policy", (await policies.GetFallbackPolicyAsync())?.Requirements ?? []);
        foreach (var endpoint in endpoints.Endpoints)
        {
            await AddFaultsAsync(faults, endpoint);
        }

        AddTwice(faults);
        if (explicitAccess is not null && faults.Count == 0)
        {
            await RequireStatementsAsync(faults);
        }

        if (faults.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(PersonalAccessTokenOptions), faults);
        }
    }

    private async Task RequireStatementsAsync(List<string> faults)
    {
        var switchedOff = open.ListSwitchedOff();
        if (switchedOff.Count > 0)
        {
            faults.Add(
                $"RequireExplicitTokenAccess(): AllowAnonymous opens to everybody what asks tokens for a scope: {string.Join("; ", switchedOff)}. Take AllowAnonymous off the endpoint or the group around it, or take the scope off where everybody is meant.");
        }

        var silent = await open.ListSilentAsync();
        if (silent.Count > 0)
        {
            faults.Add(
                $"RequireExplicitTokenAccess(): {string.Join("; ", silent)} {(silent.Count == 1 ? "requires" : "require")} authorization and {(silent.Count == 1 ? "does" : "do")} not say whether personal access tokens may call. State RefuseTokens(), or what a token needs: RequireScope(\"...\"), RequireScopeByMethod() or AllowAnyToken(), on the endpoint or its group (of pages and controllers on what maps them: app.MapRazorPages().RefuseTokens()); or AllowAnonymous() where a fallback policy is all that asks for authorization.");
        }

        if (faults.Count > 0)
        {
            return;
        }

        foreach (var endpoint in await open.ListAsync())
        {
            Log.EndpointOpen(
                logger,
                endpoint.Endpoint,
                string.Join(", ", endpoint.Methods),
                endpoint.Scopes.Count == 0 ? "any token" : string.Join(" and ", endpoint.Scopes));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AddFaultsAsync(List<string> faults, Endpoint endpoint)
    {
        var name = OpenEndpoints.NameOf(endpoint);
        var before = faults.Count;
        var onMethods = OnHubMethods(endpoint).ToList();
        foreach (var data in endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Concat(onMethods))
        {
            if (data.Policy is { } policy && policy.StartsWith(PersonalAccessTokenPolicies.ScopePrefix, StringComparison.Ordinal))
            {
                AddIfUnknown(faults, name, policy[PersonalAccessTokenPolicies.ScopePrefix.Length..]);
            }
        }

        if (faults.Count > before)
        {
            // There is no policy of that name, so nothing can be combined.
            return;
        }

        // A policy of the application's that is not registered is its own fault to report, at the first request.
        var requirements = (await open.TryFindAsync(endpoint))?.Requirements ?? [];
        if (requirements.OfType<SessionOnlyRequirement>().Any() && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            faults.Add(
                $"{name} manages the tokens of the user who is signed in, but AllowAnonymous switches off what it asks of its callers. Take AllowAnonymous off the group around MapPersonalAccessTokens or MapPersonalAccessTokensUI and off what they return, or map them outside of that group.");
        }

        if (endpoint.Metadata.GetMetadata<OpenEndpoints>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            faults.Add(
                $"{name} lists the endpoints that take tokens, but AllowAnonymous switches off the policy that MapPersonalAccessTokenDiagnostics asks of its callers. Take AllowAnonymous off the group around it and off what it returns, or map it outside of that group.");
        }

        if (requirements.OfType<ScopeByMethodRequirement>().Any()
            && endpoint.Metadata.GetMetadata<HubMetadata>() is not null
            && endpoint.Metadata.GetMetadata<NegotiateMetadata>() is null)
        {
            faults.Add(
                $"{name} is a hub under RequireScopeByMethod(), but the method of its requests says nothing of what its methods do. State what it needs: MapHub(...).RequireScope(\"{PersonalAccessTokenOptions.WriteScope}\"), or RequireScope(\"{PersonalAccessTokenOptions.ReadScope}\") and more by [Authorize] on its methods.");
        }

        AddUnknown(faults, name, requirements);
        foreach (var policy in onMethods.Select(data => data.Policy).OfType<string>())
        {
            AddUnknown(faults, name, (await policies.GetPolicyAsync(policy))?.Requirements ?? []);
        }

        foreach (var method in HubMethodsOf(endpoint).Where(method => method.IsDefined(typeof(RefuseTokensAttribute), inherit: true)))
        {
            faults.Add(
                $"{name}: [RefuseTokens] on the hub's method {method.Name} would do nothing, for a hub is one endpoint. Put it on the hub, or ask for a scope on the method.");
        }
    }

    /// <summary>Only ours: which of two an application's own requests go to may be decided by what is not seen here.</summary>
    private void AddTwice(List<string> faults)
    {
        var twice = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(IsOurs)
            .SelectMany(static endpoint => OpenEndpoints.MethodsOf(endpoint).Select(method => (
                Name: $"{method} {OpenEndpoints.PatternOf(endpoint)}",
                Hosts: string.Join(',', (endpoint.Metadata.GetMetadata<IHostMetadata>()?.Hosts ?? []).Order()),
                endpoint.Order)))
            .GroupBy(static place => (place.Name.ToUpperInvariant(), place.Hosts, place.Order))
            .Where(static places => places.Count() > 1)
            .Select(static places => places.First().Name)
            .ToList();
        if (twice.Count > 0)
        {
            faults.Add(
                $"More than one endpoint answers {string.Join(", ", twice)}, so that each such request would fail. Call MapPersonalAccessTokens, MapPersonalAccessTokensUI and MapPersonalAccessTokenDiagnostics once for each path, and for no two of them the same.");
        }
    }

    /// <summary>The management API and the diagnostics, or the settings page.</summary>
    private static bool IsOurs(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<UnstoredAnswers>() is not null || OpenEndpoints.IsForSessions(endpoint);

    private void AddUnknown(List<string> faults, string where, IEnumerable<IAuthorizationRequirement> requirements)
    {
        foreach (var scope in requirements.OfType<TokenRequirement>().SelectMany(requirement => requirement.PossibleScopes))
        {
            AddIfUnknown(faults, where, scope);
        }
    }

    private void AddIfUnknown(List<string> faults, string where, string scope)
    {
        if (!scopes.Contains(scope))
        {
            faults.Add(
                $"{where} asks tokens for the scope '{scope}', which is not known. The scopes are {string.Join(", ", scopes.Names)}. Correct the name, or add it: AddPersonalAccessTokens(o => o.AddScope(\"{scope}\", \"What it allows\")).");
        }
    }

    private static IEnumerable<IAuthorizeData> OnHubMethods(Endpoint endpoint) =>
        HubMethodsOf(endpoint).SelectMany(method => method.GetCustomAttributes<AuthorizeAttribute>(inherit: true));

    private static MethodInfo[] HubMethodsOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HubMetadata>()?.HubType.GetMethods() ?? [];
}
