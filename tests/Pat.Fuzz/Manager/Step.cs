using CsCheck;

namespace Pat.Fuzz;

/// <summary>One thing that happens. The numbers choose among what there is at that moment.</summary>
/// <param name="Kind">What.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="Token">To which of the tokens, the newest first.</param>
/// <param name="One">Which variant.</param>
/// <param name="Other">Which variant of something else about it.</param>
internal sealed record Step(StepKind Kind, int Owner, int Token, int One, int Other)
{
    private static readonly (int Weight, IGen<StepKind> Kind)[] Kinds =
    [
        (22, Gen.Const(StepKind.Create)), (16, Gen.Const(StepKind.Edit)), (16, Gen.Const(StepKind.Rotate)), (3, Gen.Const(StepKind.Revoke)),
        (1, Gen.Const(StepKind.RevokeAll)), (22, Gen.Const(StepKind.Present)), (11, Gen.Const(StepKind.Wait)),
        (3, Gen.Const(StepKind.ChangeOwner)), (3, Gen.Const(StepKind.Clean)), (3, Gen.Const(StepKind.List)),
    ];

    /// <summary>Any step.</summary>
    public static readonly Gen<Step> Any = Gen
        .Select(Gen.Frequency(Kinds), Gen.Int[0, 2], Gen.Int[0, 7], Gen.Int[0, 23], Gen.Int[0, 23])
        .Select((kind, owner, token, one, other) => new Step(kind, owner, token, one, other));

    public override string ToString() => $"{Kind}({Owner}, {Token}, {One}, {Other})";
}
