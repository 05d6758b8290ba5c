using System.Diagnostics;
using Pat.TestSupport;

namespace Pat.Manual.Tests;

/// <summary>Pages that show a whole program and a session with it: the program runs, and answers what the session says.</summary>
public sealed class SessionTests
{
    /// <summary>Where the sessions ask.</summary>
    private const string Address = "http://localhost:5080";

    [Theory]
    [InlineData("docs/getting-started.md", "dotnet run --urls")]
    [InlineData("docs/migrating-from-api-keys.md", null)]
    public async Task A_program_answers_its_session_as_the_page_says(string page, string? command)
    {
        var blocks = ManualPages.Blocks.Where(block => block.Page == page).ToList();
        var arguments = command is null ? [] : await ReadArgumentsAsync(page, command);
        await using var program = await RunningProgram.StartAsync(blocks.First(block => block.Language == "csharp"), arguments);

        var transcript = await RunAsync(page, program.Application.Address);

        Assert.Equal(string.Concat(blocks.Where(block => block.Language == "console").Select(block => $"{block.Text}\n")), transcript);
    }

    /// <summary>What the page starts the program with, where the session asks for it, but on a free port.</summary>
    private static async Task<IEnumerable<string>> ReadArgumentsAsync(string page, string start)
    {
        var command = await DocumentedCommand.ReadAsync(page, start);
        Assert.Equal(["dotnet", "run"], command.Words.Take(2));
        Assert.Contains(Address, command.Words);
        return command.Words.Skip(2).Select(static word => word == Address ? "http://127.0.0.1:0" : word);
    }

    private static async Task<string> RunAsync(string page, Uri server)
    {
        var folder = Directory.CreateTempSubdirectory("pat-session-");
        try
        {
            var start = new ProcessStartInfo(
                "bash",
                [Repository.PathOf("tests/TaskApi.Tests/readme-session.sh"), Repository.PathOf(page), server.ToString().TrimEnd('/')])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
            };
            using var session = Process.Start(start)!;
            var transcript = await session.StandardOutput.ReadToEndAsync();
            await session.WaitForExitAsync();
            return transcript;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
