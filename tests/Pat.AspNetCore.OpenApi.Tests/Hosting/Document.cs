using System.Text.Json;
using Microsoft.OpenApi;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>An OpenAPI document as its readers get it.</summary>
internal sealed class Document
{
    private readonly JsonElement _root;

    public Document(string json)
    {
        _root = JsonElement.Parse(json);
        Faults = [.. OpenApiDocument.Parse(json, "json").Diagnostic?.Errors.Select(static error => error.ToString()) ?? []];
    }

    /// <summary>What the reader of Microsoft.OpenApi finds wrong with it.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>The version that it says it is in.</summary>
    public string Version => _root.GetProperty("openapi").GetString()!;

    /// <summary>The names of its security schemes.</summary>
    public IEnumerable<string> SecuritySchemes =>
        _root.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(static scheme => scheme.Name);

    /// <summary>Every operation that requires something, as <c>GET /path Scheme[scope]</c>.</summary>
    public IEnumerable<string> Secured =>
        from path in _root.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where Security(path.Name, operation.Name) is not ""
        select $"{operation.Name.ToUpperInvariant()} {path.Name} {Security(path.Name, operation.Name)}";

    public JsonElement SecurityScheme(string name) =>
        _root.GetProperty("components").GetProperty("securitySchemes").GetProperty(name);

    public JsonElement Operation(string path, string method = "get") => _root.GetProperty("paths").GetProperty(path).GetProperty(method);

    public JsonElement Response(string path, string status) => Operation(path).GetProperty("responses").GetProperty(status);

    /// <summary>The names of an answer's headers.</summary>
    public IEnumerable<string> Headers(string path, string status) =>
        Response(path, status).GetProperty("headers").EnumerateObject().Select(static header => header.Name);

    /// <summary>An operation's description, or null.</summary>
    public string? Description(string path, string method = "get") =>
        Operation(path, method).TryGetProperty("description", out var description) ? description.GetString() : null;

    /// <summary>What an operation requires, as <c>Scheme[scope,scope] or Other[]</c>; empty where it says nothing.</summary>
    public string Security(string path, string method = "get") =>
        Operation(path, method).TryGetProperty("security", out var security)
            ? string.Join(" or ", security.EnumerateArray().Select(Write))
            : "";

    private static string Write(JsonElement requirement) => string.Join(" and ", requirement.EnumerateObject().Select(static scheme =>
        $"{scheme.Name}[{string.Join(',', scheme.Value.EnumerateArray().Select(static scope => scope.GetString()))}]"));
}
