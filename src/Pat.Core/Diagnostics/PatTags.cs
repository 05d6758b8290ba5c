namespace Pat;

/// <summary>The tags of instruments and spans, and the words that can be their values.</summary>
internal static class PatTags
{
    public const string Result = "result";
    public const string Source = "source";
    public const string Reason = "reason";
    public const string Algorithm = "algorithm";

    /// <summary>As OpenTelemetry's conventions name it.</summary>
    public const string StatusCode = "http.response.status_code";

    // Those of spans carry the product's name, since a span has tags of many.
    public const string SpanTokenId = "pat.token.id";
    public const string SpanResult = "pat.result";
    public const string SpanSource = "pat.source";
    public const string SpanReason = "pat.reason";
    public const string SpanCount = "pat.tokens";
    public const string ErrorType = "error.type";

    public const string ClosedEndpoint = "closed_endpoint";
    public const string MissingScopes = "missing_scopes";
    public const string OtherCredentials = "other_credentials";

    public const string Accepted = "accepted";
    public const string Refused = "refused";
    public const string Unavailable = "unavailable";

    public static string NameOf(PersonalAccessTokenHashAlgorithm algorithm) =>
        algorithm == PersonalAccessTokenHashAlgorithm.Argon2id ? "argon2id" : "sha256";

    public static string NameOf(VerdictSource source) => source switch
    {
        VerdictSource.Hash => "hash",
        VerdictSource.Store => "store",
        _ => "cache",
    };

    public static string NameOf(PersonalAccessTokenRefusal refusal) => refusal switch
    {
        PersonalAccessTokenRefusal.Malformed => "malformed",
        PersonalAccessTokenRefusal.UnknownId => "unknown_id",
        PersonalAccessTokenRefusal.WrongSecret => "wrong_secret",
        PersonalAccessTokenRefusal.Revoked => "revoked",
        PersonalAccessTokenRefusal.Expired => "expired",
        PersonalAccessTokenRefusal.Inactive => "inactive",
        PersonalAccessTokenRefusal.OwnerDisabled => "owner_disabled",
        PersonalAccessTokenRefusal.OwnerStampChanged => "owner_stamp_changed",
        PersonalAccessTokenRefusal.ScopesReduced => "scopes_reduced",
        _ => "unreadable_hash",
    };
}
