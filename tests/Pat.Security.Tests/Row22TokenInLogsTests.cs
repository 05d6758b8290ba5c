using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Pat.Security.Tests;

/// <summary>
/// Row 22. A token was in the logs (Duende, at Debug, on a miss). Logs, results and serialized tokens have the public id; a whole run at
/// Trace, with faults in it, is searched for pieces of secrets.
/// </summary>
/// <remarks>
/// Further evidence: LogTests over a whole run (TaskApi.Tests), SecrecyTests of the page (Pat.AspNetCore.UI.Tests).
/// </remarks>
public sealed class Row22TokenInLogsTests
{
    private const int PieceLength = 12;

    [Theory]
    [InlineData(PersonalAccessTokenHashAlgorithm.Argon2id)]
    [InlineData(PersonalAccessTokenHashAlgorithm.Sha256)]
    public async Task Row_22_A_whole_life_at_Trace_with_faults_in_it_leaves_no_piece_of_a_secret_in_the_log(
        PersonalAccessTokenHashAlgorithm algorithm)
    {
        await using var application = await TokenApplication.CreateAsync(options => options.Hashing.Algorithm = algorithm);
        await using var other = application.AddNode();
        var manager = application.Manager;
        var (token, first) = await application.IssueAsync();
        var second = (await manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) })).Value!;
        var wrong = PersonalAccessTokenFormat.Create("pat", token.Id);
        var malformed = first[..^1] + (first[^1] == '0' ? '1' : '0');
        string[] presented = [first, second, wrong, malformed, PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet)];

        foreach (var value in presented)
        {
            await application.RefusalOfAsync(value);
            await other.RefusalOfAsync(value);
            await manager.FindByValueAsync(value);
        }

        await manager.EditAsync("alice", token.Id, new() { Name = "renamed" });
        await manager.CreateAsync(new PersonalAccessTokenCreation { OwnerId = "alice", Scopes = ["admin"] });
        application.Store.Fail();
        var outage = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => manager.VerifyAsync(second));
        application.Store.Before = null;
        await application.ChangeRowAsync(token.Id, row => row.SecretHash = "$bcrypt$x");
        await using var cold = application.AddNode();
        await cold.RefusalOfAsync(second);
        await manager.RevokeAsync("alice", token.Id, "done");
        await application.RefusalOfAsync(second);

        string[] texts =
        [
            outage.ToString(),
            .. new[] { application, other, cold }.SelectMany(node => node.Logged()).SelectMany(record => new[]
            {
                record.Message,
                record.Exception?.ToString() ?? "",
                string.Join('\n', record.StructuredState?.Select(pair => pair.Value) ?? []),
                string.Join('\n', record.Scopes),
            }),
        ];
        Assert.Contains(texts, text => text.Contains(PersonalAccessTokenFormat.FormatId(token.Id), StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("UPDATE", StringComparison.Ordinal));
        Assert.All(presented.SelectMany(Pieces).Distinct(), piece =>
            Assert.DoesNotContain(texts, text => text.Contains(piece, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Row_22_No_result_shows_a_value_hash_or_key_as_text()
    {
        await using var application = await TokenApplication.CreateAsync();
        var created = await application.Manager.CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = "alice", Name = "ci", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1),
        });
        var rotated = await application.Manager.RotateAsync(
            "alice", created.Token!.Id, new PersonalAccessTokenRotation { Overlap = TimeSpan.FromHours(1) });
        var page = await application.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = "alice" });
        var pepper = new PersonalAccessTokenPepper { KeyId = "2026-a", Key = "0123456789abcdef"u8.ToArray() };
        object[] shown =
        [
            created, rotated, rotated.Token!, page, await application.Manager.VerifyAsync(rotated.Value!), pepper, application.Manager,
        ];

        var texts = shown.Select(value => value.ToString()!).ToList();

        Assert.Equal($"{PersonalAccessTokenFormat.FormatId(rotated.Token!.Id)} (ci)", texts[2]);
        Assert.All(texts, text =>
        {
            Assert.All([.. Pieces(created.Value!), .. Pieces(rotated.Value!)], piece => Assert.DoesNotContain(piece, text, StringComparison.Ordinal));
            Assert.DoesNotContain("$argon2id", text, StringComparison.Ordinal);
            Assert.DoesNotContain("0123456789", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Row_22_A_token_as_JSON_has_neither_hashes_nor_tags()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        var rotated = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) });

        var json = System.Text.Json.JsonSerializer.Serialize(rotated.Token);

        Assert.DoesNotContain("Hash", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Tag", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Stamp", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("argon2", json, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Row_22_Nothing_that_is_logged_while_tokens_are_managed_has_a_value_in_it()
    {
        await using var app = await Management.StartAsync(app =>
        {
            app.MapPersonalAccessTokens();
            app.MapGet("/tasks", () => "tasks").RequireScope("read");
        });
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);
        var (token, path) = (created.Text("token"), $"{Management.Path}/{created.Text("id")}");
        foreach (var (method, target, carried) in new[]
        {
            (HttpMethod.Get, "/tasks", token), (HttpMethod.Get, Management.Path, null), (HttpMethod.Get, Management.Path, token),
            (HttpMethod.Get, path, null), (HttpMethod.Get, $"{Management.Path}/self", token),
            (HttpMethod.Delete, path, null), (HttpMethod.Get, "/tasks", token),
        })
        {
            using var response = await app.SendAsync(method, target, carried, carried is null ? cookie : null);
            Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        }

        var secret = token[^49..];
        Assert.NotEmpty(app.Logs.GetSnapshot());
        Assert.DoesNotContain(
            app.Logs.GetSnapshot(), record => $"{record.Message}{record.Exception}".Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>Every 12 characters in a row of the secret and its checksum.</summary>
    private static IEnumerable<string> Pieces(string value)
    {
        var secret = value[^(PersonalAccessTokenFormat.SecretLength + PersonalAccessTokenFormat.ChecksumLength)..];
        return Enumerable.Range(0, secret.Length - PieceLength + 1).Select(start => secret.Substring(start, PieceLength));
    }
}
