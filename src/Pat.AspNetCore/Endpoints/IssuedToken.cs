using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>A token with a secret just made: this answer is the only place where its value ever stands.</summary>
[Description("A personal access token with its value, which is in this answer and never again.")]
internal sealed record IssuedToken : ManagedToken
{
    [SetsRequiredMembers]
    private IssuedToken(ManagedToken token, string value)
        : base(token) => Token = value;

    [JsonPropertyName("token")]
    [Description("The value to send in the Authorization header, after Bearer.")]
    public required string Token { get; init; }

    public static IssuedToken Of(ManagedToken token, string value) => new(token, value);

    /// <summary>Without the value.</summary>
    public override string ToString() => Id;
}
