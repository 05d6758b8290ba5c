using Microsoft.AspNetCore.Http;
using Pat.AspNetCore;
using static Pat.Fuzz.FuzzFailure;

namespace Pat.Fuzz;

/// <summary>The reader of the management API's bodies, compared with <see cref="NaiveCreation"/>.</summary>
internal sealed class BodyTarget : FuzzTarget
{
    /// <summary>A buffer of the longest body, and what the reader of JSON makes of its tokens.</summary>
    private const int MaxAllocated = 64 * 1024;

    public override IReadOnlyList<string> Watched { get; } = ["Pat.AspNetCore.RequestBody"];

    public override IReadOnlyList<string> Words { get; } =
    [
        "\"name\":", "\"scopes\":", "\"expiresAt\":", "\"expiresInDays\":", "\"laptop\"", "[\"read\"]", "null", "true", "30", "{", "}", "[", "]", ",", "\"",
        "\\u0000", "\\ud800", "\\udc00", "\\n", "-", "e9", ".0", "\u00ff", "\u00c3\u00a9", "\u00ed\u00a0\u0080", "2026-06-01T00:00:00Z", "+14:00",
    ];

    public override int DrawnShare => 60;

    public override IReadOnlyList<InputShare> Shares { get; } =
        [new("a JSON object", 0.3, input => NaiveCreation.Read(BodyInputs.Bytes(input)).Refusal == 0)];

    public override string Draw(Random random) => BodyInputs.Draw(random);

    public override async ValueTask TryAsync(string input, Cost cost)
    {
        var bytes = BodyInputs.Bytes(input);
        var expected = NaiveCreation.Read(bytes);
        var context = new DefaultHttpContext();
        context.Request.ContentType = "application/json";
        using var stream = new MemoryStream(bytes);
        context.Request.Body = stream;

        cost.Start();
        var (body, refusal) = await RequestBody.ReadAsync(context.Request, CancellationToken.None);
        var (name, scopes) = (body?.Text("name"), body?.Texts("scopes"));
        var (time, days) = (body?.Time("expiresAt"), body?.Number("expiresInDays", 1, 36_500));
        var (hasDays, isWithoutExpiry) = (body?.Has("expiresInDays"), body?.IsNull("expiresAt"));
        var errors = body?.FindErrors();
        cost.Stop(MaxAllocated + (20 * bytes.Length));

        UnlessEqual(expected.Refusal, (refusal as IStatusCodeHttpResult)?.StatusCode ?? 0, "The status of the refusal");
        UnlessEqual(refusal is null, body is not null, "Whether there is a body");
        if (body is null)
        {
            return;
        }

        UnlessEqual(string.Join('\n', expected.Errors), string.Join('\n', (errors?.Keys ?? []).Order(StringComparer.Ordinal)), "The members that are wrong");
        UnlessEqual(expected.Name, name, "The name");
        UnlessEqual(expected.Scopes is null, scopes is null, "Whether there are scopes");
        Unless(expected.Scopes is null || expected.Scopes.SequenceEqual(scopes!), "The scopes are others.");
        UnlessEqual(expected.ExpiresAt, time?.UtcTicks, "The expiry");
        UnlessEqual(expected.ExpiresInDays, days, "The days");
        UnlessEqual(expected.HasDays, hasDays, "Whether there are days");
        UnlessEqual(expected.IsWithoutExpiry, isWithoutExpiry, "Whether there is to be no expiry");
    }
}
