using System.Text.Json;

namespace Pat.Core.Tests;

/// <summary>Reads the published vectors, which other implementations are held to as well.</summary>
internal static class VectorFile
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static T Read<T>(string name, bool snakeCase = false) =>
        JsonSerializer.Deserialize<T>(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", name)),
            snakeCase ? SnakeCase : JsonSerializerOptions.Web)!;
}
