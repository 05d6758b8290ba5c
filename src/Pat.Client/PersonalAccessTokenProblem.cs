namespace Pat.Client;

/// <summary>What kept a request with a personal access token from being answered.</summary>
public enum PersonalAccessTokenProblem
{
    /// <summary>The source holds no token. Nothing was sent.</summary>
    TokenMissing,

    /// <summary>The source can't be read, or others can read it too. Nothing was sent.</summary>
    SourceUnusable,

    /// <summary>What the source holds is no whole token, or one of another product. Nothing was sent.</summary>
    TokenMalformed,

    /// <summary>The request goes to another origin than the token's. Nothing was sent.</summary>
    ForeignOrigin,

    /// <summary>The server redirects to another origin than the token's. Nothing was sent there.</summary>
    ForeignRedirect,

    /// <summary>401: the server knows that the token is not good: expired, revoked or unknown.</summary>
    TokenRefused,

    /// <summary>401 without a word on the token: the server took what was sent for none of its tokens, or did not get it.</summary>
    NotAuthenticated,

    /// <summary>403: the token lacks a scope; <see cref="PersonalAccessTokenException.MissingScopes"/> says which.</summary>
    InsufficientScope,

    /// <summary>403: the endpoint takes no personal access tokens.</summary>
    TokensNotAccepted,

    /// <summary>403 without a word on the token: its owner may not do this.</summary>
    Forbidden,

    /// <summary>429: too many requests.</summary>
    TooManyRequests,

    /// <summary>503: the server can't answer at present.</summary>
    Unavailable,
}
