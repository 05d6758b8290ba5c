namespace Pat.Core.Tests;

public sealed class ProofCacheTests
{
    private static readonly Guid Id = Guid.AllBitsSet;

    private readonly ProofCache _proofs = new();

    [Fact]
    public void Nothing_is_proven_at_first() => Assert.False(_proofs.IsProven(Id, Draw()));

    [Fact]
    public void A_proof_counts_for_its_token_and_digest_alone()
    {
        var digest = Draw();

        _proofs.Add(Id, digest);

        Assert.True(_proofs.IsProven(Id, digest));
        Assert.False(_proofs.IsProven(Id, Draw()));
        Assert.False(_proofs.IsProven(Guid.Empty, digest));
    }

    [Fact]
    public void The_two_newest_proofs_of_a_token_are_kept()
    {
        var (first, second, third) = (Draw(), Draw(), Draw());

        _proofs.Add(Id, first);
        _proofs.Add(Id, second);
        _proofs.Add(Id, third);

        Assert.Equal((false, true, true), (_proofs.IsProven(Id, first), _proofs.IsProven(Id, second), _proofs.IsProven(Id, third)));
    }

    [Fact]
    public void A_proof_made_twice_leaves_the_other_one_in_place()
    {
        var (previous, current) = (Draw(), Draw());

        _proofs.Add(Id, previous);
        _proofs.Add(Id, current);
        _proofs.Add(Id, current);
        _proofs.Add(Id, previous);

        Assert.Equal((true, true), (_proofs.IsProven(Id, previous), _proofs.IsProven(Id, current)));
    }

    private static SecretDigest Draw() => SecretDigest.Of(PersonalAccessTokenFormat.Create("pat", Id));
}
