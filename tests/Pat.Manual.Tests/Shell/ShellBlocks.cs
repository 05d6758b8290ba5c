namespace Pat.Manual.Tests;

/// <summary>Every block of shell commands in the manual.</summary>
internal static class ShellBlocks
{
    private const string ReadmeSession = "tests/TaskApi.Tests/ReadmeTests.cs: Its_session_answers_what_it_says";
    private const string TaskCliSession = "tests/TaskCli.Tests/DocumentationTests.cs: The_session_answers_what_it_says";
    private const string OwnSession = "tests/Pat.Manual.Tests/Running/SessionTests.cs: A_program_answers_its_session_as_the_page_says";

    public const string Consumed = "It restores, builds and starts, which takes minutes: tests/consumers.sh runs it from the page, in an application that it makes.";
    private const string Long = "It takes minutes or hours, and the suite has a short form of it; CommandTests look at what it names.";
    private const string Histories = "They take minutes, and the suite has a short form of the first; CommandTests look at what they name.";
    private const string Hours = "It changes the product and runs tests again and again, for minutes or hours; CommandTests look at what it names.";
    private const string Measures = "It measures, for minutes, on a machine that does nothing else, and .ci/run has a short form of it; CommandTests look at what it names.";

    public static readonly ShellBlock[] All =
    [
        ShellBlock.NotRun("README.md", "dotnet add reference", Consumed),
        ShellBlock.Run("README.md", "dotnet run --project samples/TaskApi\n", ReadmeSession),
        ShellBlock.Run("README.md", "$ curl -s -c cookies.txt", ReadmeSession),
        ShellBlock.Run(
            "README.md",
            "dotnet run --project samples/TaskCli",
            "tests/TaskCli.Tests/DocumentationTests.cs: The_command_of_the_README_lists_tasks"),
        ShellBlock.Run(
            "README.md",
            "dotnet run --project samples/TaskApi -- --Database:Provider=PostgreSQL",
            "tests/TaskApi.Tests/StartTests.cs: The_command_of_the_README_starts_it_on_PostgreSQL"),
        ShellBlock.NotRun("README.md", "bash tests/run.sh", "It is what runs the tests."),
        ShellBlock.NotRun("docs/adding-to-an-application.md", "dotnet add reference", Consumed),
        ShellBlock.Run("docs/clients.md", "$ dotnet run --project samples/TaskCli", TaskCliSession),
        ShellBlock.NotRun("docs/dependencies.md", "dotnet restore Pat.sln --force", "It asks a package source for vulnerabilities."),
        ShellBlock.NotRun("docs/dependencies.md", "dotnet restore Pat.sln\n", "It writes the lock files that the build is held to."),
        ShellBlock.NotRun("docs/getting-started.md", "bash tests/packages.sh", "It packs everything twice, which takes minutes, and changes what the reader's machine gets packages from."),
        ShellBlock.NotRun("docs/getting-started.md", "dotnet new install", Consumed),
        ShellBlock.NotRun("docs/getting-started.md", "curl", Consumed),
        ShellBlock.NotRun("docs/getting-started.md", "dotnet new web", Consumed),
        ShellBlock.Run("docs/getting-started.md", "dotnet run --urls", OwnSession),
        ShellBlock.Run("docs/getting-started.md", "$ curl -s -c cookies.txt", OwnSession),
        ShellBlock.Run("docs/getting-started.md", "$ curl -si -X POST", OwnSession),
        ShellBlock.Run("docs/getting-started.md", "$ curl -si http://localhost:5080/api/auth/access_tokens", OwnSession),
        ShellBlock.Run("docs/getting-started.md", "$ curl -s -b cookies.txt -X DELETE", OwnSession),
        ShellBlock.NotRun("docs/fuzzing.md", "$ dotnet run -c Release --project tests/Pat.Fuzz", Long),
        ShellBlock.NotRun("docs/known-failures.md", "$ dotnet test --project tests/Pat.Security.Tests", "The suite runs these tests; CommandTests see that there are some."),
        ShellBlock.NotRun("docs/known-failures.md", "$ bash tests/defences.sh", Hours),
        ShellBlock.Run("docs/migrating-from-api-keys.md", "$ curl -s http://localhost:5080/tasks", OwnSession),
        ShellBlock.Run("docs/migrating-from-api-keys.md", "$ curl -s -c cookies.txt", OwnSession),
        ShellBlock.NotRun("docs/mutation.md", "$ bash tests/mutation.sh", Hours),
        ShellBlock.NotRun("docs/operations.md", "dotnet run -c Release --project tests/Pat.History", Histories),
        ShellBlock.NotRun("docs/packages.md", "bash tests/packages.sh", "It packs everything twice, which takes minutes."),
        ShellBlock.NotRun("docs/packages.md", "bash tests/consumers.sh", "It restores, builds and starts applications, which takes minutes."),
        ShellBlock.NotRun("docs/packages.md", "bash tests/public-api.sh", "It writes the lists that the build is held to."),
        ShellBlock.NotRun("docs/performance.md", "dotnet run -c Release --project tests/Pat.Benchmarks", Measures),
        ShellBlock.Run(
            "docs/telemetry.md",
            "dotnet run --project samples/TaskApi -- --OpenTelemetry:Exporter=console",
            "tests/TaskApi.Tests/Telemetry/TelemetryTests.cs: The_console_shows_them"),
        ShellBlock.NotRun("docs/storage.md", "dotnet ef migrations add AddPersonalAccessTokens", Consumed),
        ShellBlock.NotRun("docs/storage.md", "dotnet ef migrations add Tokens", Consumed),
        ShellBlock.NotRun(
            "docs/testing.md",
            "dotnet add reference",
            "It adds to the reader's own project of tests; tests/consumers.sh adds the same as packages, by src/Pat.Testing/README.md."),
        ShellBlock.NotRun("src/Pat.AspNetCore.OpenApi/README.md", "dotnet add package", Consumed),
        ShellBlock.NotRun("src/Pat.AspNetCore.UI/README.md", "dotnet add package", Consumed),
        ShellBlock.NotRun("src/Pat.AspNetCore/README.md", "dotnet add package", Consumed),
        ShellBlock.NotRun("src/Pat.Client/README.md", "dotnet add package", Consumed),
        ShellBlock.NotRun("src/Pat.Core/README.md", "dotnet add package", Consumed),
        ShellBlock.NotRun("src/Pat.EntityFrameworkCore.PostgreSQL/README.md", "dotnet add package", Consumed),
        ShellBlock.NotRun("src/Pat.EntityFrameworkCore/README.md", "dotnet add package", Consumed),
        ShellBlock.NotRun("src/Pat.Identity/README.md", "dotnet add package", Consumed),
        ShellBlock.NotRun("src/Pat.Redis/README.md", "dotnet add package", Consumed),
        ShellBlock.NotRun("src/Pat.Testing/README.md", "dotnet add package", Consumed),
        ShellBlock.NotRun("templates/README.md", "dotnet new install", Consumed),
        ShellBlock.NotRun("templates/pat-api/README.md", "dotnet run", "It runs the application that it is in; tests/consumers.sh starts one, from the folder above."),
        ShellBlock.NotRun("templates/pat-api/README.md", "curl", Consumed),
    ];
}
