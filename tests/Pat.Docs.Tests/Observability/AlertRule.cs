using YamlDotNet.RepresentationModel;

namespace Pat.Docs.Tests;

/// <summary>One alert of docs/observability/alert-rules.yaml.</summary>
internal sealed record AlertRule(string Name, PromQuery Query, string For, string Severity, IReadOnlyDictionary<string, string> Annotations)
{
    public static IReadOnlyList<AlertRule> All { get; } = ReadAll();

    private static List<AlertRule> ReadAll()
    {
        using var file = new StreamReader(Repository.PathOf("docs/observability/alert-rules.yaml"));
        var yaml = new YamlStream();
        yaml.Load(file);
        var groups = (YamlSequenceNode)((YamlMappingNode)yaml.Documents.Single().RootNode)["groups"];
        return [.. groups.SelectMany(static group => (YamlSequenceNode)group["rules"]).Select(Read)];
    }

    private static AlertRule Read(YamlNode rule) => new(
        Text(rule, "alert"),
        new PromQuery(Text(rule, "expr")),
        Text(rule, "for"),
        Text(rule["labels"], "severity"),
        ((YamlMappingNode)rule["annotations"]).ToDictionary(static pair => ((YamlScalarNode)pair.Key).Value!, static pair => ((YamlScalarNode)pair.Value).Value!));

    private static string Text(YamlNode node, string key) => ((YamlScalarNode)node[key]).Value!;
}
