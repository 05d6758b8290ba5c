using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>The API, called by signed-in users.</summary>
public abstract partial class TaskApiTests
{
    [Fact]
    public async Task Each_user_sees_their_own_tasks()
    {
        var alice = await application.SignInAsync("alice@example.com");
        var bob = await application.SignInAsync("bob@example.com");

        var hers = await alice.Http.GetFromJsonAsync<JsonElement>("/api/tasks");
        var his = await bob.Http.GetFromJsonAsync<JsonElement>("/api/tasks");

        Assert.Equal(["Buy milk", "Water the plants", "Call the bank"], Names(hers));
        Assert.Equal(["Mend the bicycle", "Return the library books"], Names(his));
    }

    [Fact]
    public async Task The_list_has_a_count_and_results_with_id_name_and_done()
    {
        var caller = await application.RegisterAsync();
        var created = await CreateTaskAsync(caller, "Sweep");

        var list = await caller.Http.GetStringAsync("/api/tasks");

        Assert.Equal($$"""{"count":1,"results":[{"id":{{created}},"name":"Sweep","done":false}]}""", list);
    }

    [Fact]
    public async Task A_task_is_changed_and_deleted()
    {
        var caller = await application.RegisterAsync();
        var id = await CreateTaskAsync(caller, "Sweep");

        var changed = await caller.Http.PutAsJsonAsync($"/api/tasks/{id}", new { name = "Sweep the yard", done = true });
        Assert.Equal($$"""{"id":{{id}},"name":"Sweep the yard","done":true}""", await changed.Content.ReadAsStringAsync());

        var deleted = await caller.Http.DeleteAsync($"/api/tasks/{id}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Http.DeleteAsync($"/api/tasks/{id}")).StatusCode);
    }

    [Fact]
    public async Task The_task_of_somebody_else_is_not_there()
    {
        var id = await CreateTaskAsync(await application.RegisterAsync(), "Sweep");
        var other = await application.RegisterAsync();

        var changed = await other.Http.PutAsJsonAsync($"/api/tasks/{id}", new { name = "Mine", done = true });
        var deleted = await other.Http.DeleteAsync($"/api/tasks/{id}");

        Assert.Equal(HttpStatusCode.NotFound, changed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":" "}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":12}""")]
    [InlineData("""{"name":""")]
    [InlineData("")]
    public async Task Input_that_will_not_do_is_answered_with_problem_details(string body)
    {
        var caller = await application.RegisterAsync();

        var response = await caller.Http.PostAsync("/api/tasks", new StringContent(body, null, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(Names(await caller.Http.GetFromJsonAsync<JsonElement>("/api/tasks")));
    }

    [Fact]
    public async Task Too_long_a_name_is_an_error_of_that_field()
    {
        var caller = await application.RegisterAsync();

        var response = await caller.Http.PostAsJsonAsync("/api/tasks", new { name = new string('x', 201) });
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("Name", problem.GetProperty("errors").EnumerateObject().Single().Name);
    }

    [Fact]
    public async Task A_call_without_credentials_is_challenged_and_not_redirected()
    {
        var response = await application.CreateClient().GetAsync("/api/tasks");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Null(response.Headers.Location);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var document = await application.CreateClient().GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        Assert.True(document.GetProperty("paths").TryGetProperty("/api/tasks", out _));
    }

    private static async Task<int> CreateTaskAsync(Caller caller, string name)
    {
        var response = await caller.Http.PostAsJsonAsync("/api/tasks", new { name });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt32();
    }

    private static IEnumerable<string?> Names(JsonElement list) =>
        list.GetProperty("results").EnumerateArray().Select(static task => task.GetProperty("name").GetString());
}
