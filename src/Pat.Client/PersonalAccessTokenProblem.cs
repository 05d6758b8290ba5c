namespace Pat.Client;

/// <summary>What kept a request with a personal access token from being answered.</summary>
public enum PersonalAccessTokenProblem
{
    /// <summary>The source holds no token. Nothing was sent.</summary>
    TokenMissing = 0,

    /// <summary>The source can't be read, or others can read it too. Nothing was sent.</summary>
    SourceUnusable = 1,

    /// <summary>What the source holds is no whole token, or one of another product. Nothing was sent.</summary>
    TokenMalformed = 2,

    /// <summary>The request goes to another origin than the token's. Nothing was sent.</summary>
    ForeignOrigin = 3,

    /// <summary>The server redirects to another origin than the token's. Nothing was sent there.</summary>
    ForeignRedirect = 4,

    /// <summary>401: the server knows that the token is not good: expired, revoked or unknown.</summary>
    TokenRefused = 5,

    /// <summary>401 without a word on the token: the server took what was sent for none of its tokens, or did not get it.</summary>
    NotAuthenticated = 6,

    /// <summary>403: the token lacks a scope; <see cref="PersonalAccessTokenException.MissingScopes"/> says which.</summary>
    InsufficientScope = 7,

    /// <summary>403: the endpoint takes no personal access tokens.</summary>
    TokensNotAccepted = 8,

    /// <summary>403 without a word on the token: its owner may not do this.</summary>
    Forbidden = 9,

    /// <summary>429: too many requests.</summary>
    TooManyRequests = 10,

    /// <summary>503: the server can't answer at present.</summary>
    Unavailable = 11,
}
