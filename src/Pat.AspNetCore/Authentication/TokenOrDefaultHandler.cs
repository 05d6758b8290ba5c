using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>
/// The scheme of scope policies. A request that carries a token is that token's; any other is left to the application's
/// default scheme, unless the endpoint names schemes itself. Challenges are ours, so that an API never redirects.
/// </summary>
/// <remarks>Not a policy scheme: that one can't tell a challenge from an authentication, and fails without a default.</remarks>
internal sealed class TokenOrDefaultHandler(
    IAuthenticationSchemeProvider provider,
    IAuthenticationHandlerProvider handlers,
    TokenSchemeNames names,
    TokenSchemes schemes,
    TokenAccess access) : IAuthenticationHandler
{
    private HttpContext _context = null!;

    /// <summary>Whether the default scheme is being asked: one that forwards to this one would go round in circles.</summary>
    private bool _isAskingDefault;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public async Task<AuthenticateResult> AuthenticateAsync()
    {
        foreach (var name in names.All)
        {
            // Not by way of the context: the result would be wrapped there once more for nothing.
            if (await handlers.GetHandlerAsync(_context, name) is not { } handler)
            {
                continue;
            }

            var result = await handler.AuthenticateAsync();
            if (!result.None || TokenFeature.Of(_context)?.Scheme == name)
            {
                return result;
            }
        }

        if (_isAskingDefault
            || await access.NamesOtherSchemesAsync(_context)
            || await provider.GetDefaultAuthenticateSchemeAsync() is not { } byDefault
            || names.Contains(byDefault.Name)
            || byDefault.Name == PersonalAccessTokenDefaults.SelectorScheme)
        {
            return AuthenticateResult.NoResult();
        }

        _isAskingDefault = true;
        try
        {
            return await _context.AuthenticateAsync(byDefault.Name);
        }
        finally
        {
            _isAskingDefault = false;
        }
    }

    public async Task ChallengeAsync(AuthenticationProperties? properties)
    {
        var foreign = _isAskingDefault ? null : await FindForeignAsync();
        _isAskingDefault = true;
        try
        {
            await _context.ChallengeAsync(foreign ?? FindOwn(), properties);
        }
        finally
        {
            _isAskingDefault = false;
        }
    }

    public Task ForbidAsync(AuthenticationProperties? properties) => _context.ForbidAsync(FindOwn(), properties);

    private string FindOwn() =>
        TokenFeature.Of(_context)?.Scheme ?? schemes.Read(_context).Scheme ?? names.Primary;

    /// <summary>
    /// A foreign value in the Authorization header is explained by the default scheme where that reads headers
    /// (JwtBearer says what is wrong with its token). One that signs in or is remote would redirect. Schemes that the
    /// endpoint names itself answer for themselves.
    /// </summary>
    private async Task<string?> FindForeignAsync()
    {
        if (_context.Request.Headers.Authorization.Count == 0
            || schemes.Read(_context).Scheme is not null
            || TokenFeature.Of(_context) is not null
            || await access.NamesOtherSchemesAsync(_context)
            || await provider.GetDefaultChallengeSchemeAsync() is not { } byDefault
            || names.Contains(byDefault.Name)
            || byDefault.Name == PersonalAccessTokenDefaults.SelectorScheme)
        {
            return null;
        }

        return await handlers.GetHandlerAsync(_context, byDefault.Name) is null or IAuthenticationSignOutHandler or IAuthenticationRequestHandler
            ? null
            : byDefault.Name;
    }
}
