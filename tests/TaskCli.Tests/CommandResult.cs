using System.Text.Json;

namespace TaskCli.Tests;

/// <summary>What a command left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output as the one JSON document that it is.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);
}
