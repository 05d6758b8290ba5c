using System.Diagnostics;
using System.Text.RegularExpressions;
using Pat.TestSupport;

namespace Pat.Manual.Tests;

/// <summary>No block of shell commands is forgotten: a test runs it, or <see cref="ShellBlocks"/> says why none does.</summary>
public sealed partial class ShellTests
{
    private static readonly string[] Languages = ["sh", "bash", "console"];

    public static TheoryData<string> EachBlock => [.. Shell.Select(block => block.Place)];

    public static TheoryData<string> EachTest => [.. ShellBlocks.All.Select(known => known.Test).OfType<string>().Distinct()];

    internal static IEnumerable<Block> Shell => ManualPages.Blocks.Where(block => Languages.Contains(block.Language));

    [Theory]
    [MemberData(nameof(EachBlock))]
    public void It_is_run_or_has_its_reason(string place)
    {
        var lines = ShellBlocks.All.Count(known => known.Is(ManualPages.At(place)));

        Assert.True(lines == 1, $"{place} has {lines} lines in Shell/ShellBlocks.cs. Give it one: the test that runs it, or the reason why none does.");
    }

    [Fact]
    public void None_is_known_that_no_page_has() =>
        Assert.DoesNotContain(ShellBlocks.All, known => !Shell.Any(known.Is));

    [Theory]
    [MemberData(nameof(EachTest))]
    public void What_is_said_to_run_it_is_a_test(string test)
    {
        var (file, method) = test.Split(": ") is [var path, var name] ? (path, name) : throw new InvalidDataException(test);

        Assert.Matches($@"\[(Fact|Theory)[^\]]*\]\s+(\[[^\n]*\]\s+)*public (async Task|void) {method}\(", File.ReadAllText(Repository.PathOf(file)));
    }

    /// <summary>A session is run from the page as a whole; a script by a test that asks for it.</summary>
    [Fact]
    public void A_test_that_runs_a_script_reads_it_from_the_page()
    {
        var scripts = ShellBlocks.All.Where(known => known.Test is not null && Shell.Single(known.Is).Language != "console").ToList();

        Assert.NotEmpty(scripts);
        Assert.DoesNotContain(scripts, known => !File.ReadAllText(Repository.PathOf(known.Test!.Split(": ")[0])).Contains(known.InSource, StringComparison.Ordinal));
    }

    /// <summary>The script has the page's name, and the block from there.</summary>
    [Fact]
    public void What_consumers_are_said_to_run_they_read_from_the_page()
    {
        var script = File.ReadAllText(Repository.PathOf("tests/consumers.py"));

        Assert.DoesNotContain(ShellBlocks.All, known => known.Reason == ShellBlocks.Consumed && !script.Contains($"\"{known.Page}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_shell_understands_them_all()
    {
        var faults = new List<string>();
        foreach (var block in Shell)
        {
            using var bash = Process.Start(new ProcessStartInfo("bash", ["-n", "-c", Commands(block)]) { RedirectStandardError = true })!;
            var fault = await bash.StandardError.ReadToEndAsync();
            await bash.WaitForExitAsync();
            if (bash.ExitCode != 0)
            {
                faults.Add($"{block.Place}: {fault}");
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void The_files_that_they_name_are_there()
    {
        var named = Shell.SelectMany(block => NamedFile().Matches(Commands(block)).Select(match => (block.Place, File: match.Value)));

        Assert.DoesNotContain(named, name => !Path.Exists(Repository.PathOf(name.File)));
    }

    /// <summary>What is shown in another language is not code that someone might run.</summary>
    [Fact]
    public void No_block_goes_by_a_language_that_nobody_looks_at()
    {
        string[] looked = [.. Languages, "cshtml", "csharp", "css", "json", "mermaid", "python", "razor", "sql", "text"];

        Assert.Empty(ManualPages.Blocks.Where(block => !looked.Contains(block.Language)).Select(block => block.Place));
    }

    /// <summary>A session shows commands behind a prompt, and what they answer; a script is all commands.</summary>
    internal static string Commands(Block block)
    {
        if (block.Language != "console")
        {
            return block.Text;
        }

        var commands = new List<string>();
        var goesOn = false;
        foreach (var line in block.Text.Split('\n'))
        {
            if (goesOn || line.StartsWith("$ ", StringComparison.Ordinal))
            {
                commands.Add(goesOn ? line : line[2..]);
                goesOn = line.EndsWith('\\');
            }
        }

        return string.Join('\n', commands);
    }

    [GeneratedRegex(@"(?<![\w/.-])(?:tests|samples|src|docs)/[\w./-]*\w")]
    private static partial Regex NamedFile();
}
