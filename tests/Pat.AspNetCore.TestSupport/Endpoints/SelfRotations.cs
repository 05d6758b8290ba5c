using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.TestSupport;

/// <summary>An application whose tokens may rotate themselves, and what their secrets are good for.</summary>
internal static class SelfRotations
{
    public static Task<TestApp> StartAsync(Action<PersonalAccessTokenOptions>? tokens = null) => Management.StartAsync(
        tokens: tokens,
        services: builder => builder.Services.Configure<PersonalAccessTokenManagementOptions>(options => options.AllowSelfRotation = true));

    /// <summary>What a token gets for an answer.</summary>
    public static async Task<HttpStatusCode> StatusAsync(TestApp app, string token)
    {
        using var response = await app.GetAsync($"{Management.Path}/self", token);
        return response.StatusCode;
    }
}
