using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore;

/// <summary>
/// The security events of authentication and management (OWASP ASVS 5.0, 16.3): which token, from where, why. What it writes is
/// ours, the application's or checked: nobody can put a line of their own into the log. What is not counted where it is decided
/// is counted here, all of it, whatever is written.
/// </summary>
internal sealed class SecurityLog(ILogger<PersonalAccessTokenHandler> logger, PatMetrics metrics, TimeProvider timeProvider)
{
    /// <summary>What anybody can cause.</summary>
    private readonly SecondBudget _strangers = new(timeProvider);

    /// <summary>What takes a genuine token, good or not: noise must not hide it.</summary>
    private readonly SecondBudget _holders = new(timeProvider);

    /// <summary>What takes an address: whoever has a network has many.</summary>
    private readonly SecondBudget _addresses = new(timeProvider);

    /// <summary>A token is not good.</summary>
    /// <param name="verdict">Why.</param>
    /// <param name="length">How many characters came: it tells what was cut off from what is made up.</param>
    /// <param name="context">The request.</param>
    public void Refused(in TokenVerdict verdict, int length, HttpContext context)
    {
        if (!MayWrite(verdict.HoldsSecret ? _holders : _strangers))
        {
            return;
        }

        if (verdict.Id is { } id)
        {
            Log.TokenRefused(logger, PersonalAccessTokenFormat.FormatId(id), verdict.Refusal, EndpointOf(context), AddressOf(context));
        }
        else
        {
            Log.MalformedTokenRefused(logger, length, EndpointOf(context), AddressOf(context));
        }
    }

    /// <summary>A token came together with other credentials.</summary>
    public void Ambiguous(HttpContext context)
    {
        metrics.RequestRefused(PatTags.OtherCredentials);
        if (MayWrite(_strangers))
        {
            Log.AmbiguousTokenRefused(logger, AddressOf(context));
        }
    }

    /// <summary>What looks like a token came where none is looked for.</summary>
    public void Misplaced(string header, HttpContext context)
    {
        if (MayWrite(_strangers))
        {
            Log.TokenMisplaced(logger, EndpointOf(context), AddressOf(context), header);
        }
    }

    /// <summary>A token came to an endpoint that takes none.</summary>
    public void NotOpen(HttpContext context)
    {
        metrics.RequestRefused(PatTags.ClosedEndpoint);
        if (MayWrite(_strangers))
        {
            Log.EndpointClosed(logger, EndpointOf(context), AddressOf(context), AdviceFor(context.GetEndpoint()));
        }
    }

    /// <summary>A token lacks scopes.</summary>
    public void Forbidden(TokenState token, IReadOnlyList<string> missing, HttpContext context)
    {
        metrics.RequestRefused(PatTags.MissingScopes);
        if (MayWrite(_holders))
        {
            Log.ScopesMissing(
                logger,
                PersonalAccessTokenFormat.FormatId(token.Id),
                string.Join(' ', missing),
                EndpointOf(context),
                AddressOf(context));
        }
    }

    /// <summary>A token was accepted that this node had not proven before.</summary>
    public void Proven(TokenState token, HttpContext context)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            Log.TokenProven(logger, PersonalAccessTokenFormat.FormatId(token.Id), AddressOf(context));
        }
    }

    /// <summary>
    /// Somebody asked to see or change tokens, by the management API or a page. That they were seen is no event, that they
    /// were refused to be is.
    /// </summary>
    /// <param name="ownerId">Who, or null where that is a token, or not known.</param>
    /// <param name="status">What was answered.</param>
    /// <param name="context">The request.</param>
    public void ManagementAnswered(string? ownerId, int status, HttpContext context)
    {
        metrics.ManagementAnswered(status);
        var isEvent = !IsSafe(context.Request.Method)
            || status is >= StatusCodes.Status400BadRequest and < StatusCodes.Status499ClientClosedRequest;
        if (isEvent && logger.IsEnabled(LogLevel.Information))
        {
            var actor = ownerId ?? (TokenFeature.Of(context) is { State: { } token }
                ? $"Token {PersonalAccessTokenFormat.FormatId(token.Id)}"
                : "Somebody without a current session");
            Log.ManagementAnswered(logger, actor, EndpointOf(context), AddressOf(context), status);
        }
    }

    /// <summary>An address is turned away from now on.</summary>
    public void Limited(AddressBlock address, int failures)
    {
        if (MayWrite(_addresses))
        {
            Log.AddressLimited(logger, address.ToString(), failures);
        }
    }

    /// <summary>Whether a request of this method changes nothing.</summary>
    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>The address of a request's connection, for a log.</summary>
    public static string AddressOf(HttpContext context) =>
        ClientNetwork.Of(context.Connection.RemoteIpAddress, PersonalAccessTokenAddressRecording.Full) ?? "an unknown address";

    // Not the path: that is the caller's, and could forge a line of the log.
    private static string EndpointOf(HttpContext context) => context.GetEndpoint()?.DisplayName ?? "a path without an endpoint";

    /// <summary>What is closed on purpose needs no advice on how to open it, least of all what manages tokens.</summary>
    private static string AdviceFor(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<RefuseTokensAttribute>() is not null
        || endpoint?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(static data => data.Policy == PersonalAccessTokenPolicies.SessionOnly) == true
            ? "That is meant: it manages tokens, or states RefuseTokens()."
            : "If it should, state what a token needs there: RequireScope(\"...\"), RequireScopeByMethod() or AllowAnyToken().";

    private bool MayWrite(SecondBudget budget)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return false;
        }

        var isFree = budget.TryTake(out var omitted);
        if (omitted > 0)
        {
            Log.RefusalsOmitted(logger, omitted);
        }

        return isFree;
    }
}
