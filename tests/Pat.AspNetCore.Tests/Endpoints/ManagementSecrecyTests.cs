using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementSecrecyTests
{
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
}
