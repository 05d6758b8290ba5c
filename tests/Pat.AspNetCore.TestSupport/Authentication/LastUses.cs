using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Pat.TestSupport;

namespace Pat.AspNetCore.TestSupport;

/// <summary>An application whose callers come from an address that the test says, and what it writes of their use.</summary>
internal static class LastUses
{
    public static Task<TestApp> StartAsync(
        PersonalAccessTokenAddressRecording recording, IPAddress? address, bool useForwardedHeaders = false) =>
        TestApp.StartAsync(
            UsualEndpoints.Map,
            tokens: options => options.LastUsedAddress = recording,
            pipeline: web =>
            {
                web.Use((HttpContext context, RequestDelegate next) =>
                {
                    context.Connection.RemoteIpAddress = address;
                    return next(context);
                });
                if (useForwardedHeaders)
                {
                    web.UseForwardedHeaders(new ForwardedHeadersOptions
                    {
                        ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All,
                    });
                }

                TestApp.UsualPipeline(web);
            });

    /// <summary>The token once its use is written.</summary>
    public static async Task<PersonalAccessToken> LastUseAsync(TestApp app, Guid id)
    {
        PersonalAccessToken? token = null;
        await Eventually.TrueAsync(async () =>
        {
            app.Time.Advance(TimeSpan.FromSeconds(10));
            token = await app.Manager.FindAsync(id);
            return token is { LastUsedAt: not null };
        });
        return token!;
    }
}
