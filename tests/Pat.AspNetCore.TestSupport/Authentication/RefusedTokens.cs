using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;
using Xunit;

namespace Pat.AspNetCore.TestSupport;

/// <summary>A token for each reason to refuse it, and an application that refuses it.</summary>
internal static class RefusedTokens
{
    public static TheoryData<string> Reasons =>
        ["malformed", "checksum", "unknown", "wrong secret", "expired", "revoked", "inactive", "owner disabled", "owner gone", "unreadable hash"];

    public static Task<TestApp> StartAsync(
        TestOwners owners, Action<PersonalAccessTokenAuthenticationOptions>? scheme = null) =>
        TestApp.StartAsync(
            UsualEndpoints.Map,
            tokens: options => options.InactivityPeriod = TimeSpan.FromDays(10),
            scheme: scheme,
            services: builder => builder.Services.AddProblemDetails().AddSingleton<IPersonalAccessTokenOwnerSource>(owners));

    public static async Task<string> RefusedTokenAsync(TestApp app, TestOwners owners, string reason)
    {
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        var token = created.Value!;
        switch (reason)
        {
            case "malformed":
                return token[..^10];
            case "checksum":
                return TokenValues.WithWrongChecksum(token);
            case "unknown":
                return TokenValues.OfUnknownId();
            case "wrong secret":
                return TokenValues.WithWrongSecret(token);
            case "expired":
                app.Time.AdvanceWallClock(TimeSpan.FromDays(30));
                return token;
            case "revoked":
                await app.Manager.RevokeAsync(created.Token!.Id, "Lost.");
                return token;
            case "inactive":
                app.Time.AdvanceWallClock(TimeSpan.FromDays(10));
                return token;
            case "owner disabled":
                owners.Set(TestApp.Alice, isActive: false);
                return token;
            case "owner gone":
                owners.Remove(TestApp.Alice);
                return token;
            default:
                return await TokenValues.StoreColdAsync(app, "$argon2id$v=19$m=1$nonsense");
        }
    }
}
