namespace Pat.Fuzz;

/// <summary>What can happen to tokens.</summary>
internal enum StepKind
{
    Create,
    Edit,
    Rotate,
    Revoke,
    RevokeAll,
    Present,
    Wait,
    ChangeOwner,
    Clean,
    List,
}
