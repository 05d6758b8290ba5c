using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;

namespace Pat.AspNetCore;

/// <summary>The application's endpoints that take tokens: all of them as there are when it is asked.</summary>
internal sealed class OpenEndpoints(EndpointDataSource endpoints, TokenAccess access, PersonalAccessTokenScopes scopes)
{
    /// <summary>Stands for all methods that are not named.</summary>
    private const string Others = "*";

    private static readonly string[] Any = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Options, Others];

    public async Task<IReadOnlyList<OpenEndpoint>> ListAsync()
    {
        var open = new List<OpenEndpoint>();
        foreach (var endpoint in endpoints.Endpoints)
        {
            if (await TryFindAsync(endpoint) is { IsOpen: true } found)
            {
                open.AddRange(MethodsOf(endpoint)
                    .Select(method => (Method: method, Scopes: found.ScopesFor(method, scopes)))
                    .GroupBy(need => string.Join(' ', need.Scopes))
                    .Select(group => new OpenEndpoint(
                        NameOf(endpoint),
                        PatternOf(endpoint),
                        [.. group.Select(need => need.Method)],
                        group.First().Scopes,
                        found.OpenTo)));
            }
        }

        return open;
    }

    /// <summary>
    /// The endpoints that ask something of their callers and say nothing of tokens, or name a policy that is not there, so
    /// that nothing is known of them.
    /// </summary>
    public async Task<IReadOnlyList<string>> ListSilentAsync()
    {
        var silent = new List<string>();
        foreach (var endpoint in endpoints.Endpoints)
        {
            if (await TryFindAsync(endpoint) is not { } found
                || found is { RequiresAuthorization: true, RefusesTokens: false, Requirements.Count: 0 })
            {
                silent.Add(NameOf(endpoint));
            }
        }

        return silent;
    }

    /// <summary>The endpoints that state a scope and are open to everybody all the same.</summary>
    public IReadOnlyList<string> ListSwitchedOff() => [.. endpoints.Endpoints.Where(IsSwitchedOff).Select(NameOf).Distinct()];

    /// <summary>What an endpoint's policy means for tokens, or null where it names one that is not registered.</summary>
    public async Task<EndpointAccess?> TryFindAsync(Endpoint endpoint)
    {
        try
        {
            return await access.FindAsync(endpoint);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string NameOf(Endpoint endpoint) => endpoint.DisplayName ?? "An endpoint without a name";

    /// <summary>Whether it is where signed-in users manage tokens.</summary>
    public static bool IsForSessions(Endpoint endpoint) => endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()
        .Any(static data => data.Policy == PersonalAccessTokenPolicies.SessionOnly);

    /// <summary>As OpenAPI documents have it: a group's empty pattern leaves a slash behind.</summary>
    public static string? PatternOf(Endpoint endpoint) =>
        (endpoint as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? $"/{pattern.Trim('/')}" : null;

    public static IReadOnlyList<string> MethodsOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : Any;

    /// <summary>
    /// Whether AllowAnonymous switches off a scope that stands nearer to the endpoint, or beside it. Out of a group, a controller or a
    /// service with a scope an endpoint may well be opened.
    /// </summary>
    private static bool IsSwitchedOff(Endpoint endpoint)
    {
        var metadata = endpoint.Metadata;
        if (metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            return false;
        }

        if (metadata.GetMetadata<ControllerActionDescriptor>() is { MethodInfo: var action })
        {
            return metadata.GetMetadata<RequireScopeAttribute>() is not null
                && (action.IsDefined(typeof(RequireScopeAttribute), inherit: true)
                    || !action.GetCustomAttributes(inherit: true).OfType<IAllowAnonymous>().Any());
        }

        // What a group states stands before what is stated in it, and what a gRPC service states before its method.
        return (metadata.GetMetadata<RequireScopeAttribute>() is not null && !metadata.Any(IsOfGrpc))
            || metadata.SkipWhile(static item => item is not IAllowAnonymous).OfType<IAuthorizeData>().Any(static data =>
                data.Policy?.StartsWith(PersonalAccessTokenPolicies.ScopePrefix, StringComparison.Ordinal) == true);
    }

    /// <summary>By its name, for it is of a package that is not referred to here.</summary>
    private static bool IsOfGrpc(object metadata) => metadata.GetType().FullName == "Grpc.AspNetCore.Server.GrpcMethodMetadata";
}
