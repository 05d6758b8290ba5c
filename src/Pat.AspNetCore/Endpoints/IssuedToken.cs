namespace Pat.AspNetCore;

/// <summary>A token just created, with its value: this answer is the only place where that ever stands.</summary>
internal sealed record IssuedToken : ManagedToken
{
    public IssuedToken(ManagedToken token, string value)
        : base(token) => Token = value;

    /// <summary>The token's value.</summary>
    public string Token { get; }

    /// <summary>Without the value.</summary>
    public override string ToString() => Id;
}
