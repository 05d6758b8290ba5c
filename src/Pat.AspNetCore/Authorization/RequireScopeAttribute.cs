using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace Pat.AspNetCore;

/// <summary>
/// Opens a controller, action, hub, hub method or endpoint to personal access tokens that hold a scope. Users who are
/// signed in another way pass: scopes limit tokens. Several of these add up.
/// </summary>
/// <remarks>
/// It is an <see cref="AuthorizeAttribute"/> with a registered policy, since hub methods look at nothing else, and since
/// an application that forgot <c>UseAuthorization</c> then fails instead of letting everybody in.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequireScopeAttribute : AuthorizeAttribute, IDisableCookieRedirectMetadata
{
    /// <summary>Asks for <paramref name="scope"/>. One that the application does not know stops its start.</summary>
    public RequireScopeAttribute(string scope)
        : base(PersonalAccessTokenPolicies.For(scope))
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        Scope = scope;
    }

    /// <summary>The scope that a token needs.</summary>
    public string Scope { get; }
}
