using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using static Pat.Fuzz.FuzzFailure;

namespace Pat.Fuzz;

/// <summary>Bodies sent to the management API over HTTP, to create tokens, to edit one and to rotate it.</summary>
/// <remarks>
/// A creation is compared with <see cref="NaiveCreation"/> and <see cref="NaiveRules"/>. Of the other two it is only known
/// that a refusal leaves the token as it was, and that an answer shows what is stored.
/// </remarks>
internal sealed class ApiBodyTarget : FuzzTarget
{
    private readonly FuzzHost _host;
    private readonly PersonalAccessToken _edited;
    private int _created;

    private ApiBodyTarget(FuzzHost host, PersonalAccessToken edited) => (_host, _edited) = (host, edited);

    public override long LongForm => 100_000;

    public override IReadOnlyList<string> Watched { get; } =
        ["Pat.AspNetCore.RequestBody", "Pat.AspNetCore.ManagementEndpoints", "Pat.RequestRules", "Pat.TokenChanges"];

    public override IReadOnlyList<string> Words { get; } =
    [
        "\"name\":", "\"scopes\":", "\"expiresAt\":", "\"expiresInDays\":", "\"overlapSeconds\":", "\"laptop\"", "[\"read\"]", "null", "86400", "30", "{", "}", ",", "\"",
        "\\u0000", "\\ud800", "\\u202e", "\u00ff", "2026-06-01T00:00:00Z",
    ];

    public override int DrawnShare => 60;

    public override IReadOnlyList<InputShare> Shares { get; } =
        [new("a JSON object", 0.4, input => NaiveCreation.Read(BodyInputs.Bytes(input)).Refusal == 0)];

    public static async Task<ApiBodyTarget> StartAsync()
    {
        var host = await FuzzHost.StartAsync();
        var result = await host.Manager.CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = FuzzHost.Owner,
            Name = "edited",
            Scopes = ["read"],
            ExpiresAt = host.Time.GetUtcNow().AddDays(30),
        });
        return new ApiBodyTarget(host, result.Token!);
    }

    public override string Draw(Random random) => BodyInputs.Draw(random);

    public override async ValueTask TryAsync(string input, Cost cost)
    {
        var body = BodyInputs.Bytes(input);
        await TryCreateAsync(body, cost);
        await TryChangeAsync(HttpMethod.Patch, "", body, cost);
        if (input.Length % 4 == 0)
        {
            await TryChangeAsync(HttpMethod.Post, "/rotate", body, cost);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task TryCreateAsync(byte[] body, Cost cost)
    {
        var expected = NaiveCreation.Read(body);
        var (errors, expiry) = NaiveRules.Judge(expected, _host.Time.GetUtcNow());
        var answer = await SendAsync(HttpMethod.Post, FuzzHost.Path, body, cost);
        UnlessEqual(expected.Refusal != 0 ? expected.Refusal : errors.Count > 0 ? 400 : 201, answer.Status, "The status of a creation");
        if (answer.Status != 201)
        {
            UnlessEqual(expected.Refusal != 0 ? "" : string.Join('\n', errors), answer.Errors, "The members that are wrong");
            UnlessEqual(_created, await CountAsync(), "The tokens after a refusal");
            return;
        }

        _created++;
        var token = await StoredAsync(answer.Body!);
        UnlessEqual(expected.Name!.Trim(), token.Name, "The name");
        UnlessEqual(string.Join(' ', expected.Scopes!.Distinct().Order(StringComparer.Ordinal)), string.Join(' ', token.Scopes), "The scopes");
        UnlessEqual(expiry, token.ExpiresAt, "The expiry");
        UnlessEqual(1, token.Version, "The version");
        UnlessEqual(_created, await CountAsync(), "The tokens after a creation");
        if (_created >= 50)
        {
            await ClearAsync();
        }
    }

    private async Task TryChangeAsync(HttpMethod method, string what, byte[] body, Cost cost)
    {
        var before = (await _host.Manager.FindAsync(_edited.Id))!;
        var answer = await SendAsync(method, $"{FuzzHost.Path}/{PersonalAccessTokenFormat.FormatId(_edited.Id)}{what}", body, cost);
        var after = (await _host.Manager.FindAsync(_edited.Id))!;
        if (answer.Status >= 400)
        {
            UnlessEqual(Text(before), Text(after), "The token after a refusal");
            return;
        }

        UnlessEqual(200, answer.Status, "The status of a change");
        UnlessEqual(Text(after), Text(await StoredAsync(answer.Body!)), "What is stored");
        Unless(after.Version - before.Version is 0 or 1, "The version moved by more than one.");
    }

    /// <summary>The token that an answer shows, as it is stored, where both are the same.</summary>
    private async Task<PersonalAccessToken> StoredAsync(JsonObject shown)
    {
        Unless(PersonalAccessTokenFormat.TryParseId(shown["id"]!.GetValue<string>(), out var id), "The answer has no id.");
        var token = await _host.Manager.GetAsync(FuzzHost.Owner, id) ?? throw new FuzzFailure("What is shown is not stored.");
        UnlessEqual(token.Name, shown["name"]!.GetValue<string>(), "The name that is shown");
        UnlessEqual(token.Version, shown["version"]!.GetValue<long>(), "The version that is shown");
        UnlessEqual(string.Join(' ', token.Scopes), string.Join(' ', shown["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>())), "The scopes that are shown");
        UnlessEqual(token.ExpiresAt, shown["expiresAt"]?.GetValue<DateTimeOffset>(), "The expiry that is shown");
        if (shown["token"]?.GetValue<string>() is { } value)
        {
            var verified = await _host.Manager.VerifyAsync(value);
            Unless(verified.Succeeded && verified.Token.Id == id, "The value does not work.");
        }

        return token;
    }

    private Task<ApiAnswer> SendAsync(HttpMethod method, string path, byte[] body, Cost cost)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return ApiAnswer.OfAsync(_host.Client, new HttpRequestMessage(method, path) { Content = content }, cost);
    }

    private async Task<int> CountAsync()
    {
        await using var context = await _host.OpenAsync();
        return await context.Set<PersonalAccessToken>().CountAsync(token => token.Id != _edited.Id);
    }

    private async Task ClearAsync()
    {
        await using var context = await _host.OpenAsync();
        await context.Set<PersonalAccessToken>().Where(token => token.Id != _edited.Id).ExecuteDeleteAsync();
        _created = 0;
    }

    private static string Text(PersonalAccessToken token) => new StringBuilder()
        .AppendJoin('|', token.Name, string.Join(' ', token.Scopes), token.ExpiresAt?.UtcTicks, token.Version, token.SecretHash, token.PreviousSecretHash)
        .Append('|').Append(token.UpdatedAt.UtcTicks)
        .ToString();
}
