namespace Pat.Fuzz;

/// <summary>What steps come to.</summary>
internal static class StepOutcomes
{
    /// <summary>What at least one step of a run has to come to: what none did, nothing is shown of.</summary>
    public static readonly string[] Required =
    [
        .. Of(StepKind.Create, "None", "Invalid: name", "Invalid: scopes", "Invalid: expiresAt", "Invalid: tokens", "Duplicate", "TooManySecrets", "OwnerDisabled"),
        .. Of(StepKind.Edit, "None", "Invalid: name", "Invalid: scopes", "Invalid: expiresAt", "NotFound", "VersionMismatch"),
        .. Of(StepKind.Edit, "NotUsable: Revoked", "NotUsable: Expired", "NotUsable: Inactive"),
        .. Of(StepKind.Rotate, "None", "Invalid: expiresAt", "Invalid: overlapSeconds", "NotFound", "VersionMismatch", "TooManySecrets", "OwnerDisabled"),
        .. Of(StepKind.Rotate, "NotUsable: Revoked", "NotUsable: Expired", "NotUsable: Inactive"),
        .. Of(StepKind.Revoke, "None", "again", "NotFound"),
        .. Of(StepKind.RevokeAll, "some", "none"),
        .. Of(StepKind.Present, "None", "None, the previous secret", "WrongSecret", "Revoked", "Expired", "Inactive", "OwnerDisabled", "OwnerStampChanged"),
        .. Of(StepKind.ChangeOwner, "stamp", "locked", "deleted", "restored"),
        .. Of(StepKind.Clean, "some", "none"),
        .. Of(StepKind.List, "all", "Active", "Expired", "Revoked", "Inactive"),
    ];

    private static IEnumerable<string> Of(StepKind kind, params string[] outcomes) => outcomes.Select(outcome => $"{kind} {outcome}");
}
