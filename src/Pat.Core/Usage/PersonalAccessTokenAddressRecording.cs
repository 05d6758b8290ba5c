namespace Pat;

/// <summary>How much of a caller's address is kept with a token's last use.</summary>
public enum PersonalAccessTokenAddressRecording
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The network: the first 24 bits of an IPv4 address, the first 48 of an IPv6 address.</summary>
    Network = 1,

    /// <summary>The whole address.</summary>
    Full = 2,
}
