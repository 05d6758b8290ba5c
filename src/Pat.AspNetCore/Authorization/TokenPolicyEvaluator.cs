using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>
/// Takes the result that the default scheme had for a token, where a policy of scopes would only ask for the same once more.
/// </summary>
internal sealed class TokenPolicyEvaluator(IAuthorizationService authorization, TokenAccess access) : PolicyEvaluator(authorization)
{
    public override Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context)
    {
        var isSettled = policy.AuthenticationSchemes is [PersonalAccessTokenDefaults.SelectorScheme]
            && TokenFeature.Of(context) is { Outcome: TokenOutcome.Accepted } feature
            && access.IsKnownToBeOpen(context, feature.Scheme);
        return isSettled
            && context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult is { Succeeded: true } result
            && ReferenceEquals(result.Principal, context.User)
            ? Task.FromResult(result)
            : base.AuthenticateAsync(policy, context);
    }
}
