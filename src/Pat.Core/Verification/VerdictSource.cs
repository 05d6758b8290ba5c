namespace Pat;

/// <summary>What a verdict rests on.</summary>
internal enum VerdictSource
{
    /// <summary>What was in memory, or the value alone.</summary>
    Cache,

    /// <summary>A read of the store.</summary>
    Store,

    /// <summary>A read of the store and the hash.</summary>
    Hash,
}
