using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pat.Client.Tests;

/// <summary>What docs/clients.md shows compiles and starts.</summary>
public sealed class DocumentationTests
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    [Fact]
    public async Task Its_code_is_compiled()
    {
        var compiled = Unindented(await File.ReadAllTextAsync(
            Path.Combine(Root, "tests/Pat.Client.Tests/Documentation/DocumentedClients.cs")));
        var page = await File.ReadAllTextAsync(Path.Combine(Root, "docs/clients.md"));

        var blocks = page.Split("```csharp\n").Skip(1).Select(static rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]).ToList();

        Assert.Equal(4, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(Unindented(block), compiled, StringComparison.Ordinal));
    }

    public static TheoryData<string> Registrations => ["variable", "file", "vault"];

    [Theory, MemberData(nameof(Registrations))]
    public async Task Its_clients_start(string kind)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        Action<IHostApplicationBuilder> add = kind switch
        {
            "variable" => DocumentedClients.AddWithVariable,
            "file" => DocumentedClients.AddWithFile,
            _ => DocumentedClients.AddWithVault,
        };
        add(builder);
        using var host = builder.Build();

        await host.StartAsync();

        Assert.NotNull(host.Services.GetRequiredService<DocumentedClients.TasksClient>());
        await host.StopAsync();
    }

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Trim()));

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "Pat.sln")) ? directory : FindRoot(Path.GetDirectoryName(directory)!);
}
