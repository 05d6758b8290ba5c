using System.Diagnostics;
using Pat.TestSupport;

namespace Pat.Manual.Tests;

/// <summary>Pages that show a whole program and a session with it: the program runs, and answers what the session says.</summary>
public sealed class SessionTests
{
    [Theory]
    [InlineData("docs/getting-started.md")]
    [InlineData("docs/migrating-from-api-keys.md")]
    public async Task A_program_answers_its_session_as_the_page_says(string page)
    {
        var blocks = ManualPages.Blocks.Where(block => block.Page == page).ToList();
        await using var program = await RunningProgram.StartAsync(blocks.First(block => block.Language == "csharp"));

        var transcript = await RunAsync(page, program.Application.Address);

        Assert.Equal(string.Concat(blocks.Where(block => block.Language == "console").Select(block => $"{block.Text}\n")), transcript);
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
