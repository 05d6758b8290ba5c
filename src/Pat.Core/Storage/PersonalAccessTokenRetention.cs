namespace Pat;

/// <summary>What clean-up may remove.</summary>
/// <param name="At">The moment at which states are judged.</param>
/// <param name="Retention">How long revoked and expired tokens stay.</param>
/// <param name="InactiveRetention">How long inactive tokens stay.</param>
public readonly record struct PersonalAccessTokenRetention(
    PersonalAccessTokenUsability At, TimeSpan Retention, TimeSpan InactiveRetention);
