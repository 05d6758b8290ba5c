namespace Pat;

/// <summary>
/// What tokens look like, how long they last and what an owner may have. Checked when the application starts.
/// </summary>
/// <remarks>
/// A web application reads them from the configuration section <c>Authentication:Schemes:PersonalAccessToken</c> first
/// (lists there add to the defaults), then from the code. How an authentication scheme answers (realm, events) is in
/// <c>PersonalAccessTokenAuthenticationOptions</c> of Pat.AspNetCore.
/// </remarks>
public sealed class PersonalAccessTokenOptions
{
    /// <summary>The scope that allows reading: <c>read</c>.</summary>
    public const string ReadScope = "read";

    /// <summary>The scope that allows changing, and reading with it: <c>write</c>.</summary>
    public const string WriteScope = "write";

    /// <summary>
    /// What new tokens begin with, so that people and secret scanners know whose they are: 2 to 24 characters,
    /// lower-case words of letters and digits joined by <c>_</c>, the first character a letter. Default: <c>pat</c>; give
    /// each product its own.
    /// </summary>
    public string TokenPrefix { get; set; } = "pat";

    /// <summary>Prefixes that are accepted besides <see cref="TokenPrefix"/>: former ones, and those of further schemes. Default: none.</summary>
    public IList<string> AcceptedPrefixes { get; } = [];

    /// <summary>The scopes that a token can hold. Default: <c>read</c>, and <c>write</c>, which implies it.</summary>
    public IList<PersonalAccessTokenScope> Scopes { get; } =
    [
        new(ReadScope, "Read everything you can read"),
        new(WriteScope, "Change everything you can change", ReadScope),
    ];

    /// <summary>The most usable tokens an owner may hold: 1 to 10,000. Default: 50.</summary>
    public int MaxTokensPerOwner { get; set; } = 50;

    /// <summary>The most secrets (creations and rotations) an owner may make in 24 hours, counted from the first: 1 to 1,000,000. Default: 100.</summary>
    public int MaxSecretsPerOwnerPerDay { get; set; } = 100;

    /// <summary>
    /// How many presentations from one address may be refused as no genuine token within a minute, from the first on; then
    /// what comes from there is answered 429 until the minute is over. 1 to 1,000,000, or null for no limit. Tokens that this
    /// node has proven are never touched by it. Default: null.
    /// </summary>
    /// <remarks>
    /// An address is the connection's own: an IPv4 address, or the /64 network of an IPv6 address. Behind a proxy that is the
    /// proxy's, unless the application puts <c>UseForwardedHeaders</c> with its known proxies before <c>UseAuthentication</c>.
    /// </remarks>
    public int? MaxFailuresPerAddressPerMinute { get; set; }

    /// <summary>
    /// How long after its making a secret may last: 1 minute to 36,500 days, or null for no limit. Lowering it shortens no
    /// token that exists. Default: 365 days.
    /// </summary>
    public TimeSpan? MaxLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Whether a token may be made without an expiry, <see cref="MaxLifetime"/> or not. Default: false.</summary>
    public bool AllowNoExpiry { get; set; }

    /// <summary>The longest time for which the old secret may work on after a rotation: 0 to 30 days. Default: 24 hours.</summary>
    public TimeSpan MaxRotationOverlap { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a token may stay unused before it is refused: 24 hours to 36,500 days. Default: 365 days.</summary>
    public TimeSpan InactivityPeriod { get; set; } = TimeSpan.FromDays(365);

    /// <summary>
    /// How long an inactive token is still shown before it is removed: 1 hour to 36,500 days. So none is removed whose last
    /// use another node is about to write. Default: 7 days.
    /// </summary>
    public TimeSpan InactiveRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long revoked and expired tokens are still shown before they are removed: 0 to 36,500 days. Default: 90 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The time between two clean-ups, 1 second to 24 hours; the first one comes after a random part of it. Default: 1 hour.</summary>
    public TimeSpan CleanupInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many tokens one statement of a clean-up removes at most: 1 to 10,000. Default: 1,000.</summary>
    public int CleanupBatchSize { get; set; } = 1_000;

    /// <summary>
    /// How far this machine's clock may be from the store's: 1 second to 1 hour. Past it the node does not clean up and
    /// says so in its log. Default: 1 minute.
    /// </summary>
    public TimeSpan MaxClockSkew { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How far apart two notes of a token's last use are at least: 0 to 24 hours, and less than the inactivity period. Uses
    /// within a second are one, also where it is less. Default: 5 minutes.
    /// </summary>
    public TimeSpan UsageResolution { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The time between two writes of last uses: 100 ms to 10 minutes. Default: 10 seconds.</summary>
    public TimeSpan UsageFlushInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How old what is known of a token and its owner may be when it lets a request in: 0, or 100 ms to 1 hour. It bounds
    /// how long another node, or a change made past this library, goes unnoticed; a change on this node counts at once. 0
    /// reads the store for each request. Default: 10 seconds.
    /// </summary>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the store and the owner source may take for what a request waits for, then it is answered 503: 100 ms to
    /// 30 seconds. A write that takes longer may still arrive, and counts when it does. Default: 2 seconds.
    /// </summary>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How much of a caller's address is kept with the last use. It is personal data. Default: none.</summary>
    public PersonalAccessTokenAddressRecording LastUsedAddress { get; set; } = PersonalAccessTokenAddressRecording.None;

    /// <summary>
    /// Whether a changed security stamp of the owner (a changed password, say) ends the tokens made before. A token that
    /// was made without a stamp is then refused too. It needs an owner source: without one the application does not start.
    /// Default: false.
    /// </summary>
    public bool RevokeOnSecurityStampChange { get; set; }

    /// <summary>How secrets are hashed.</summary>
    public PersonalAccessTokenHashingOptions Hashing { get; } = new();

    /// <summary>Adds a scope that tokens can hold.</summary>
    /// <param name="name">Its name: 1 to 64 printable ASCII characters without space, quote and backslash (RFC 6749, section 3.3).</param>
    /// <param name="description">What it allows, for the people who choose it.</param>
    /// <param name="implies">Scopes that whoever holds this one holds too.</param>
    public PersonalAccessTokenOptions AddScope(string name, string description, params string[] implies)
    {
        Scopes.Add(new PersonalAccessTokenScope(name, description, implies));
        return this;
    }

    internal PersonalAccessTokenLimits Limits => new(MaxTokensPerOwner, MaxSecretsPerOwnerPerDay, TimeSpan.FromHours(24));
}
