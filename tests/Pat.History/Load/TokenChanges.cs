using System.Net.Http.Json;
using System.Text.Json;
using Pat.TestSupport;

namespace Pat.History;

/// <summary>Creates and changes tokens over the management API, and notes what became of it.</summary>
public sealed class TokenChanges(RunHistory history)
{
    private static readonly string[] Scopes = ["read", "write"];

    /// <summary>Null where it is not sure that there is one.</summary>
    public async Task<TokenInUse?> CreateAsync(ClusterNode node, Owner owner, TimeSpan? lifetime)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(owner);
        var expiresAt = lifetime is { } time ? history.StartedAt + history.Now + time : (DateTimeOffset?)null;
        object body = expiresAt is null
            ? new { name = "checker", scopes = Scopes, expiresInDays = 30 }
            : new { name = "checker", scopes = Scopes, expiresAt };
        var (start, status, answer) = await SendAsync(HttpMethod.Post, node, owner, Caller.Tokens, body);
        if (status != 201)
        {
            history.Operations.Enqueue(new Operation(OperationKind.Create, node.Number, start, history.Now, Token: "", status) { Owner = owner.Email });
            return null;
        }

        var token = new TokenInUse(
            answer.GetProperty("id").GetString()!, owner, expiresAt, answer.GetProperty("token").GetString()!);
        Note(OperationKind.Create, node, start, token, status, answer);
        return token;
    }

    public async Task<bool> EditAsync(ClusterNode node, TokenInUse token, bool mayWrite)
    {
        ArgumentNullException.ThrowIfNull(token);
        var (start, status, answer) = await SendAsync(
            HttpMethod.Patch, node, token.Owner, $"{Caller.Tokens}/{token.Id}", new { scopes = mayWrite ? Scopes : ["read"] });
        Note(OperationKind.Edit, node, start, token, status, answer);
        return status == 200;
    }

    public async Task<bool> RotateAsync(ClusterNode node, TokenInUse token, int overlapSeconds)
    {
        ArgumentNullException.ThrowIfNull(token);
        var (start, status, answer) = await SendAsync(
            HttpMethod.Post, node, token.Owner, $"{Caller.Tokens}/{token.Id}/rotate", new { overlapSeconds });
        Note(OperationKind.Rotate, node, start, token, status, answer);
        if (status != 200)
        {
            return false;
        }

        token.Add(answer.GetProperty("token").GetString()!);
        return true;
    }

    public async Task RevokeAsync(ClusterNode node, TokenInUse token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var (start, status, answer) = await SendAsync(HttpMethod.Delete, node, token.Owner, $"{Caller.Tokens}/{token.Id}", body: null);
        Note(OperationKind.Revoke, node, start, token, status, answer);
    }

    private async Task<(TimeSpan Start, int Status, JsonElement Answer)> SendAsync(
        HttpMethod method, ClusterNode node, Owner owner, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(node.Address, path));
        request.Content = body is null ? new StringContent("", mediaType: new("application/json")) : JsonContent.Create(body);
        var start = history.Now;
        try
        {
            using var response = await owner.Http.SendAsync(request);
            var text = await response.Content.ReadAsByteArrayAsync();
            return (start, (int)response.StatusCode, response.IsSuccessStatusCode && text.Length > 0 ? JsonElement.Parse(text) : default);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return (start, 0, default);
        }
    }

    private void Note(OperationKind kind, ClusterNode node, TimeSpan start, TokenInUse token, int status, JsonElement answer)
    {
        var hasAnswer = answer.ValueKind == JsonValueKind.Object;
        history.Operations.Enqueue(new Operation(kind, node.Number, start, history.Now, token.Id, status)
        {
            // What comes out of a rotation is the next one.
            Secret = token.Secrets.Count - (kind == OperationKind.Rotate ? 0 : 1),
            Version = hasAnswer ? answer.GetProperty("version").GetInt64() : 0,
            EndsAt = kind == OperationKind.Rotate ? EndOfOverlap(answer) : token.ExpiresAt,
            Owner = token.Owner.Email,
        });
    }

    private static DateTimeOffset? EndOfOverlap(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object
        && answer.GetProperty("previousSecretExpiresAt") is { ValueKind: JsonValueKind.String } ends
            ? ends.GetDateTimeOffset()
            : null;
}
