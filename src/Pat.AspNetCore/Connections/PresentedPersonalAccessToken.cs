namespace Pat.AspNetCore;

/// <summary>
/// The token that a request was accepted with: for what goes on after that, as a WebSocket, a stream or a gRPC call does.
/// Claims of the user stay as they were when the request began.
/// </summary>
public sealed class PresentedPersonalAccessToken
{
    private readonly TokenState _state;
    private readonly OpenConnections _connections;

    internal PresentedPersonalAccessToken(TokenState state, OpenConnections connections, OpenConnection connection) =>
        (_state, _connections, Connection) = (state, connections, connection);

    /// <summary>The token's id.</summary>
    public Guid Id => _state.Id;

    /// <summary>The user that it belongs to.</summary>
    public string OwnerId => _state.OwnerId;

    /// <summary>What it could do when the request began, implied scopes included.</summary>
    public IReadOnlyList<string> Scopes => _state.Scopes.AsReadOnly();

    /// <summary>
    /// Cancelled within <see cref="PersonalAccessTokenOptions.MaxStaleness"/> (a second, where that is 0) of the moment from which
    /// the token would not be accepted any more, or has fewer scopes, and where that can't be told since the store does not
    /// answer. Ask for it while the request is under way.
    /// </summary>
    public CancellationToken Ended => Connection.Ended;

    /// <summary>
    /// Whether the token would still be accepted, by what is known of it, which is at most
    /// <see cref="PersonalAccessTokenOptions.MaxStaleness"/> old, and still has all its <see cref="Scopes"/>.
    /// </summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">That can't be told now: try again in a few seconds.</exception>
    public async ValueTask<bool> IsUsableAsync(CancellationToken cancellationToken = default) =>
        (await JudgeAsync(cancellationToken)).Refusal == PersonalAccessTokenRefusal.None;

    /// <summary>What is watched.</summary>
    internal OpenConnection Connection { get; }

    internal ValueTask<TokenVerdict> JudgeAsync(CancellationToken cancellationToken) =>
        Connection.JudgeAsync(_connections.MaxStaleness, cancellationToken);
}
