using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Pat.AspNetCore.TestSupport;

/// <summary>The management API as its tests speak to it.</summary>
internal static class Management
{
    public const string Path = "/api/auth/access_tokens";

    /// <summary>A body that creates a token.</summary>
    public const string Good = """{ "name": "laptop", "scopes": ["read"], "expiresInDays": 30 }""";

    /// <summary>An application with the API mapped, and problem details.</summary>
    public static Task<TestApp> StartAsync(
        Action<WebApplication>? map = null,
        Action<PersonalAccessTokenOptions>? tokens = null,
        Action<WebApplicationBuilder>? services = null,
        Action<WebApplication>? pipeline = null,
        Action<PersonalAccessTokenAuthenticationOptions>? scheme = null) => TestApp.StartAsync(
        map: map ?? (app => app.MapPersonalAccessTokens()),
        tokens: tokens,
        scheme: scheme,
        pipeline: pipeline,
        services: builder =>
        {
            builder.Services.AddProblemDetails();
            services?.Invoke(builder);
        });

    /// <summary>JSON as a request has it.</summary>
    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static Task<HttpResponseMessage> CreateAsync(
        this TestApp app, string cookie, string body = Good, string path = Path) =>
        app.PostAsync(path, cookie: cookie, content: Json(body));

    /// <summary>Creates a token over HTTP and gives the answer's body.</summary>
    public static async Task<JsonObject> CreatedAsync(this TestApp app, string cookie, string body = Good)
    {
        using var response = await app.CreateAsync(cookie, body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.ObjectAsync();
    }

    public static Task<HttpResponseMessage> RotateAsync(
        this TestApp app, string cookie, string id, string body = "{}", params (string, string)[] headers) =>
        app.SendAsync(HttpMethod.Post, $"{Path}/{id}/rotate", cookie, Json(body), headers);

    public static Task<HttpResponseMessage> EditAsync(
        this TestApp app, string cookie, string id, string body, params (string, string)[] headers) =>
        app.SendAsync(HttpMethod.Patch, $"{Path}/{id}", cookie, Json(body), headers);

    /// <summary>Sends a request with headers of any shape.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this TestApp app,
        HttpMethod method,
        string path,
        string? cookie,
        HttpContent? content,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await app.Client.SendAsync(request);
    }

    /// <summary>How many tokens an owner has, whatever their state.</summary>
    public static async Task<int> CountAsync(this TestApp app, string ownerId = TestApp.Alice) =>
        (await app.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = ownerId })).Total;

    public static async Task<JsonObject> ObjectAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    public static string Text(this JsonObject json, string member) => json[member]!.GetValue<string>();

    /// <summary>An RFC 9457 answer that nobody may keep, and that gives nothing away.</summary>
    public static async Task<JsonObject> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        response.AssertUnstored();
        var body = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("pat_", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.DoesNotContain("SELECT", body, StringComparison.OrdinalIgnoreCase);
        var problem = JsonNode.Parse(body)!.AsObject();
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        return problem;
    }

    /// <summary>The fields that a validation problem names.</summary>
    public static async Task<string[]> ErrorsAsync(this HttpResponseMessage response)
    {
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        var errors = problem["errors"]!.AsObject();
        Assert.All(errors, error => Assert.NotEmpty(error.Value!.AsArray()));
        return [.. errors.Select(error => error.Key).Order(StringComparer.Ordinal)];
    }

    public static void AssertUnstored(this HttpResponseMessage response)
    {
        Assert.Equal("no-cache, no-store", Header(response.Headers, "Cache-Control"));
        Assert.Equal("no-cache", Header(response.Headers, "Pragma"));
    }

    /// <summary>A header's value exactly as it was sent.</summary>
    private static string? Header(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
