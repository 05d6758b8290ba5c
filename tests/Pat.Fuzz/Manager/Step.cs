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
    private static readonly (int Weight, StepKind Kind)[] Kinds =
    [
        (22, StepKind.Create), (16, StepKind.Edit), (16, StepKind.Rotate), (3, StepKind.Revoke), (1, StepKind.RevokeAll),
        (22, StepKind.Present), (11, StepKind.Wait), (3, StepKind.ChangeOwner), (3, StepKind.Clean), (3, StepKind.List),
    ];

    /// <summary>Any step.</summary>
    public static readonly Gen<Step> Any = Of(Kinds);

    /// <summary>Any step of another kind.</summary>
    public static Gen<Step> Without(StepKind kind) => Of(Kinds.Where(weighted => weighted.Kind != kind));

    private static Gen<Step> Of(IEnumerable<(int Weight, StepKind Kind)> kinds) => Gen
        .Select(
            Gen.Frequency(kinds.Select(weighted => (weighted.Weight, (IGen<StepKind>)Gen.Const(weighted.Kind))).ToArray()),
            Gen.Int[0, 2], Gen.Int[0, 7], Gen.Int[0, 23], Gen.Int[0, 23])
        .Select((kind, owner, token, one, other) => new Step(kind, owner, token, one, other));

    public override string ToString() => $"{Kind}({Owner}, {Token}, {One}, {Other})";
}
