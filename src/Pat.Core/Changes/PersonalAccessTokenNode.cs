using System.Security.Cryptography;

namespace Pat;

/// <summary>This process, as other nodes know it: by a name that is drawn when it starts.</summary>
public sealed class PersonalAccessTokenNode
{
    /// <summary>32 hexadecimal digits, different in each process.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);
}
