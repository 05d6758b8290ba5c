using Microsoft.AspNetCore.SignalR;

namespace Pat.AspNetCore;

/// <summary>
/// Closes a controller, action, hub or endpoint to personal access tokens, whatever groups and policies state. It asks for nothing
/// itself: who else may call it is for the rest to say.
/// </summary>
/// <remarks>
/// Where nothing is stated an endpoint takes no tokens either. It says that this is meant, which
/// <c>RequireExplicitTokenAccess()</c> asks for, and holds when a scope is put on the group later. Not for a method of a
/// <see cref="Hub"/>, which is one endpoint.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RefuseTokensAttribute : Attribute;
