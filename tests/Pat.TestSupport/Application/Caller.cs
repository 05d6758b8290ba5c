using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Pat.TestSupport;

/// <summary>A user at a command line, with a cookie jar.</summary>
public sealed class Caller(HttpClient http, string email)
{
    public const string Password = "Passw0rd!";

    public const string Tokens = "/api/auth/access_tokens";

    public string Email => email;

    public HttpClient Http => http;

    public async Task RegisterAsync() => await ExpectOkAsync(http.PostAsJsonAsync("/api/auth/register", new { email, password = Password }));

    public async Task SignInAsync() => await ExpectOkAsync(SignInAsync(Password));

    public Task<HttpResponseMessage> SignInAsync(string password) =>
        http.PostAsJsonAsync("/api/auth/login?useCookies=true", new { email, password });

    /// <summary>The answer to the creation of a token: <c>token</c>, <c>id</c> and the rest.</summary>
    public async Task<JsonElement> CreateTokenAsync(params string[] scopes)
    {
        var response = await http.PostAsJsonAsync(Tokens, new { name = "My script", scopes, expiresInDays = 30 });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>A token's value.</summary>
    public async Task<string> CreateTokenValueAsync(params string[] scopes) =>
        (await CreateTokenAsync(scopes)).GetProperty("token").GetString()!;

    public Task<HttpResponseMessage> RevokeAsync(JsonElement token)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, $"{Tokens}/{token.GetProperty("id").GetString()}")
        {
            Content = new StringContent("", mediaType: new MediaTypeHeaderValue("application/json")),
        };
        return http.SendAsync(request);
    }

    private static async Task ExpectOkAsync(Task<HttpResponseMessage> request)
    {
        var response = await request;
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}
