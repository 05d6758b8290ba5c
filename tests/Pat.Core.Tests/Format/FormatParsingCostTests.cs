using CsCheck;

namespace Pat.Core.Tests;

public sealed class FormatParsingCostTests
{
    /// <summary>
    /// What the runtime hands a thread to allocate from. A collection, which other tests cause at any time, counts what is
    /// left of it as allocated, once; the least allocation in each round would be 24,000 bytes.
    /// </summary>
    private const int AllocationContext = 8 * 1024;

    [Fact]
    public void Parsing_allocates_nothing()
    {
        var token = PersonalAccessTokenFormat.Create("acme_pat", Guid.Empty);
        string[] inputs = [token, token[..^1] + "!", token.ToUpperInvariant(), "", new string('x', 10_000)];
        var id = PersonalAccessTokenFormat.FormatId(Guid.Empty);
        var accepted = ParseAll(inputs, id);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            accepted += ParseAll(inputs, id);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocationContext);
        Assert.Equal(2 * 1_001, accepted);
    }

    [Fact]
    public void Parsing_never_throws_and_takes_no_garbage() =>
        Gen.OneOf(
            Gen.Char.Array[0, 200],
            Gen.Char['\ud800', '\udfff'].Array[70, 100],
            Gen.Char["_pat0Z"].Array[0, 100]).Sample(
            characters => !PersonalAccessTokenFormat.TryParse(characters, out _)
                && (characters.Length == 22 || !PersonalAccessTokenFormat.TryParseId(characters, out _)),
            iter: 20_000);

    [Theory]
    [InlineData('a', 10_000_000)]
    [InlineData('_', 10_000_000)]
    [InlineData('\ud800', 98)]
    [InlineData('\udc00', 97)]
    [InlineData('\uffff', 76)]
    [InlineData('\0', 76)]
    public void One_character_repeated_is_refused(char character, int count) =>
        Assert.False(PersonalAccessTokenFormat.TryParse(new string(character, count), out _));

    private static int ParseAll(string[] inputs, string id)
    {
        var accepted = PersonalAccessTokenFormat.TryParseId(id, out _) ? 1 : 0;
        foreach (var input in inputs)
        {
            accepted += PersonalAccessTokenFormat.TryParse(input, out _) ? 1 : 0;
        }

        return accepted;
    }
}
