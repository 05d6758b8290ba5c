using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>What an application's OpenAPI document says of the management API, with no help but the framework's own.</summary>
public sealed class ManagementDocumentTests
{
    [Fact]
    public async Task Every_route_is_there()
    {
        var paths = (await DocumentAsync())["paths"]!.AsObject();

        Assert.Equal(
            ["/self: delete, get", "/{id}/rotate: post", "/{id}: delete, get, patch", ": delete, get, post"],
            paths.Where(path => path.Key.StartsWith(Management.Path, StringComparison.Ordinal))
                .Select(path => $"{path.Key[Management.Path.Length..]}: {string.Join(", ", path.Value!.AsObject().Select(operation => operation.Key).Order())}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Self_rotation_is_there_where_it_is_allowed()
    {
        var paths = (await DocumentAsync(services => services.Configure<PersonalAccessTokenManagementOptions>(
            options => options.AllowSelfRotation = true)))["paths"]!;

        Assert.NotNull(paths[$"{Management.Path}/self/rotate"]?["post"]?["requestBody"]);
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_a_description_and_described_answers()
    {
        foreach (var (route, operation) in Operations(await DocumentAsync()))
        {
            foreach (var member in new[] { "operationId", "summary", "description" })
            {
                Assert.False(string.IsNullOrEmpty((string?)operation[member]), $"{route}: no {member}.");
            }

            Assert.All(operation["parameters"]?.AsArray() ?? [], parameter => Assert.NotEmpty((string)parameter!["description"]!));
            var answers = operation["responses"]!.AsObject();
            Assert.Subset(answers.Select(answer => answer.Key).ToHashSet(), new HashSet<string> { "401", "403", "503" });
            Assert.All(answers, answer => Assert.EndsWith(".", (string)answer.Value!["description"]!, StringComparison.Ordinal));
            Assert.All(
                answers.Where(answer => answer.Key[0] is '4' or '5'),
                answer => Assert.NotNull(answer.Value!["content"]!["application/problem+json"]));
        }
    }

    [Fact]
    public async Task Mapped_twice_no_two_operations_have_the_same_name()
    {
        var names = Operations(await DocumentAsync(map: app => app.MapPersonalAccessTokens("/elsewhere")))
            .Select(operation => (string)operation.Operation["operationId"]!).ToList();

        Assert.Equal(18, names.Count);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public async Task Parameters_of_the_query_and_conditions_are_there_with_their_types_and_bounds()
    {
        var paths = (await DocumentAsync())["paths"]!;

        var list = paths[Management.Path]!["get"]!["parameters"]!.AsArray();
        Assert.Equal(["search", "status", "sort", "page", "pageSize"], list.Select(parameter => (string)parameter!["name"]!));
        Assert.All(list, parameter => Assert.Null(parameter!["required"]));
        var pageSize = list[4]!["schema"]!;
        Assert.Equal((1, 100, 10), ((int)pageSize["minimum"]!, (int)pageSize["maximum"]!, (int)pageSize["default"]!));
        Assert.Equal("except", (string)paths[Management.Path]!["delete"]!["parameters"]![0]!["name"]!);
        foreach (var (path, verb) in new[] { ("/{id}", "patch"), ("/{id}/rotate", "post") })
        {
            var parameters = paths[Management.Path + path]![verb]!["parameters"]!.AsArray();
            Assert.Equal(["id", "If-Match"], parameters.Select(parameter => (string)parameter!["name"]!));
        }
    }

    [Theory]
    [InlineData("TokenCreation", "name,scopes", "expiresAt,expiresInDays,name,scopes")]
    [InlineData("TokenEdit", "", "expiresAt,name,scopes")]
    [InlineData("TokenRotation", "", "expiresAt,overlapSeconds")]
    [InlineData("ManagedTokenPage", "items,page,pageSize,revocationBoundSeconds,total", "items,page,pageSize,revocationBoundSeconds,total")]
    [InlineData("RevokedTokens", "revoked", "revoked")]
    public async Task Bodies_have_the_APIs_own_names_whatever_the_applications_JSON_settings_are(
        string schema, string required, string members)
    {
        var document = await DocumentAsync(services => services.ConfigureHttpJsonOptions(
            options => options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper));

        var found = document["components"]!["schemas"]![schema]!;
        Assert.Equal(required, string.Join(',', (found["required"]?.AsArray() ?? []).Select(name => (string)name!).Order(StringComparer.Ordinal)));
        Assert.Equal(members, string.Join(',', found["properties"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task What_a_creation_answers_is_what_the_document_says()
    {
        await using var app = await StartAsync();
        using var response = await app.GetAsync("/openapi/v1.json");
        var schema = (await response.ObjectAsync())["components"]!["schemas"]!["IssuedToken"]!;

        var created = await app.CreatedAsync(await app.SignInAsync());

        Assert.Equal(
            created.Select(member => member.Key).Order(StringComparer.Ordinal),
            schema["required"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal));
    }

    private static Task<TestApp> StartAsync(Action<IServiceCollection>? services = null, Action<WebApplication>? map = null) =>
        Management.StartAsync(
            map: app =>
            {
                app.MapOpenApi();
                app.MapPersonalAccessTokens();
                map?.Invoke(app);
            },
            services: builder =>
            {
                builder.Services.AddOpenApi();
                services?.Invoke(builder.Services);
            });

    private static async Task<JsonObject> DocumentAsync(
        Action<IServiceCollection>? services = null, Action<WebApplication>? map = null)
    {
        await using var app = await StartAsync(services, map);
        using var response = await app.GetAsync("/openapi/v1.json");
        return await response.ObjectAsync();
    }

    private static IEnumerable<(string Route, JsonNode Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        where path.Key != "/sign-in"
        from operation in path.Value!.AsObject()
        select ($"{operation.Key} {path.Key}", operation.Value!);
}
