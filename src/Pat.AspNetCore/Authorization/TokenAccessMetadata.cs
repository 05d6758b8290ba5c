using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace Pat.AspNetCore;

/// <summary>What our own conventions state on an endpoint: a registered policy, and that a refusal is never a redirect.</summary>
internal sealed class TokenAccessMetadata(string policy) : AuthorizeAttribute(policy), IDisableCookieRedirectMetadata;
