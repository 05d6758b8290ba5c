namespace Pat.Core.Tests;

/// <summary>Bytes that deciding from memory allocates: none.</summary>
public sealed class AllocationTests
{
    public enum Presentation
    {
        Proven,
        Garbage,
        TooLong,
        ForeignPrefix,
        WrongChecksum,
        WrongChecksumOfKnownToken,
        UnknownId,
    }

    [Theory]
    [InlineData(Presentation.Proven, true)]
    [InlineData(Presentation.Garbage, true)]
    [InlineData(Presentation.TooLong, true)]
    [InlineData(Presentation.ForeignPrefix, true)]
    [InlineData(Presentation.WrongChecksum, true)]
    [InlineData(Presentation.WrongChecksumOfKnownToken, true)]
    [InlineData(Presentation.UnknownId, false)]
    public async Task Deciding_from_memory_allocates_nothing(Presentation presentation, bool decided)
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, proven) = await application.IssueAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(proven));
        var value = ValueOf(presentation, proven);
        var verifier = application.Get<PersonalAccessTokenVerifier>();
        Assert.Equal(decided, verifier.TryVerify(value, out _));

        NoAllocation.In(() => verifier.TryVerify(value, out _));
    }

    private static string ValueOf(Presentation presentation, string proven) => presentation switch
    {
        Presentation.Proven => proven,
        Presentation.Garbage => "pat_garbage",
        Presentation.TooLong => "pat_" + new string('a', 300),
        Presentation.ForeignPrefix => PersonalAccessTokenFormat.Create("other", Guid.AllBitsSet),
        Presentation.WrongChecksum => WithWrongChecksum(PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet)),
        Presentation.WrongChecksumOfKnownToken => WithWrongChecksum(proven),
        _ => PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet),
    };

    private static string WithWrongChecksum(string value) => value[..^1] + (value[^1] == '0' ? '1' : '0');
}
