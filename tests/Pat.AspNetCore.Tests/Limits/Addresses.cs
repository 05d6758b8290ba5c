using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.Tests;

/// <summary>Lets requests to a test's application come from any address.</summary>
internal static class Addresses
{
    private const string Header = "X-Test-Address";

    /// <summary>The usual pipeline, behind what makes the connection's address that of the test's header.</summary>
    public static void Pipeline(WebApplication app)
    {
        UseAddresses(app);
        TestApp.UsualPipeline(app);
    }

    public static void UseAddresses(WebApplication app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        if (context.Request.Headers[Header].ToString() is { Length: > 0 } address)
        {
            context.Connection.RemoteIpAddress = address == "none" ? null : IPAddress.Parse(address);
        }

        return next(context);
    });

    public static async Task<HttpResponseMessage> GetFromAsync(
        this TestApp app, string address, string token, string path = UsualEndpoints.Read, string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add(Header, address);
        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        return await app.Client.SendAsync(request);
    }

    public static async Task<HttpStatusCode> StatusFromAsync(this TestApp app, string address, string token, string? forwardedFor = null)
    {
        using var response = await app.GetFromAsync(address, token, forwardedFor: forwardedFor);
        return response.StatusCode;
    }
}
