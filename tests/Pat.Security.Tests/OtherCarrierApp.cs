using System.Security.Claims;
using Microsoft.AspNetCore.Builder;

namespace Pat.Security.Tests;

/// <summary>An application that takes tokens from a header of its own, by its event MessageReceived.</summary>
internal static class OtherCarrierApp
{
    private const string TokenHeader = "X-Token";

    public static Task<TestApp> StartAsync() => TestApp.StartAsync(
        scheme: options => options.Events!.OnMessageReceived = received =>
        {
            received.Token = received.Request.Headers[TokenHeader];
            return Task.CompletedTask;
        },
        map: app =>
        {
            app.MapGet("/claims", (ClaimsPrincipal user) => string.Join(' ', user.Identities.Select(identity =>
                identity.AuthenticationType + ":" + string.Join(',', identity.Claims)))).RequireScope("read");
            app.MapPost("/write", Answers.Who).RequireScope("write");
            app.MapMethods("/method", ["GET", "POST"], Answers.Who).RequireScopeByMethod();
            app.MapGet("/any", Answers.Who).AllowAnyToken();
            app.MapPersonalAccessTokens();
        });

    public static async Task<HttpResponseMessage> SendByEventAsync(
        this TestApp app, string method, string path, string token, string? cookie = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add(TokenHeader, token);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await app.Client.SendAsync(request);
    }
}
