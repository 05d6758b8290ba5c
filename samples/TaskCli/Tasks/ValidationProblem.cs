namespace TaskCli.Tasks;

/// <summary>What the server finds wrong with a request (RFC 9457).</summary>
internal sealed record ValidationProblem(string? Title, IReadOnlyDictionary<string, string[]>? Errors)
{
    /// <summary>All that is wrong, in a sentence each.</summary>
    public string Text => Errors is { Count: > 0 } errors ? string.Join(' ', errors.Values.SelectMany(static texts => texts)) : Title ?? "";
}
