using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Pat.AspNetCore.Analyzers.Tests;

/// <summary>The editor warns where an endpoint that changes something asks for the scope read alone.</summary>
public sealed class ReadScopeOnWriteAnalyzerTests
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [Theory]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""app.MapPut("/a", () => "").WithName("a").RequireScope("read").WithTags("b");""")]
    [InlineData("""app.MapPatch("/a", () => "").RequireScope(PersonalAccessTokenOptions.ReadScope);""")]
    [InlineData("""app.MapDelete("/a", () => "").RequireAuthorization(PersonalAccessTokenPolicies.Read);""")]
    [InlineData("""app.MapDelete("/a", () => "").RequireAuthorization().RequireScope(["read"]);""")]
    [InlineData("""app.MapMethods("/a", ["GET", "POST"], () => "").RequireScope("read");""")]
    [InlineData("""app.MapGroup("/g").RequireScope("read").MapPost("/a", () => "");""")]
    [InlineData("""var group = app.MapGroup("/g").RequireScope("read"); var inner = group.MapGroup("/h"); inner.MapPost("/a", () => "");""")]
    [InlineData("""app.MapPost("/a", () => "").AllowAnyToken().RequireScope("read");""")]
    public async Task It_warns_of_a_mapping(string code) =>
        Assert.Equal(["PAT001"], await AnalyzeAsync(InProgram(code)));

    [Theory]
    [InlineData("""app.MapGet("/a", () => "").RequireScope("read");""")]
    [InlineData("""app.MapMethods("/a", ["GET", "HEAD"], () => "").RequireScope("read");""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("write");""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read", "write");""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read").RequireScope("tasks:write");""")]
    [InlineData("""app.MapGroup("/g").RequireScope("write").MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""var group = app.MapGroup("/g").RequireScope("write"); group.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""app.MapGroup("/g").RequireScopeByMethod().MapPost("/a", () => "");""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read").RefuseTokens();""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read").AllowAnonymous();""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read").RequireAuthorization("own");""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope(app.Environment.EnvironmentName);""")]
    [InlineData("""app.MapPost("/a", () => "").AllowAnyToken();""")]
    [InlineData("""app.MapPost("/a", () => "");""")]
    public async Task It_is_silent_about_a_mapping(string code) => Assert.Empty(await AnalyzeAsync(InProgram(code)));

    [Theory]
    [InlineData("", """[HttpPost, RequireScope("read")]""")]
    [InlineData("", """[HttpPut("x"), RequireScope("read")]""")]
    [InlineData("""[RequireScope("read")]""", "[HttpPatch]")]
    [InlineData("", "[HttpDelete, Authorize(PersonalAccessTokenPolicies.Read)]")]
    [InlineData("[Authorize]", """[HttpDelete, Authorize(Policy = "PersonalAccessToken:read")]""")]
    [InlineData("", """[AcceptVerbs("POST"), RequireScope("read")]""")]
    [InlineData("", """[AcceptVerbs("get", "delete"), RequireScope("read")]""")]
    [InlineData("", """[AcceptVerbs("GET", "PUT", Route = "x"), RequireScope("read")]""")]
    public async Task It_warns_of_an_action(string controller, string action) =>
        Assert.Equal(["PAT001"], await AnalyzeAsync(InController(controller, action)));

    [Theory]
    [InlineData("", """[HttpGet, RequireScope("read")]""")]
    [InlineData("", """[HttpPost, RequireScope("write")]""")]
    [InlineData("""[RequireScope("write")]""", """[HttpPost, RequireScope("read")]""")]
    [InlineData("""[RequireScope("read")]""", "[HttpPost, RefuseTokens]")]
    [InlineData("""[RequireScope("read")]""", "[HttpPost, AllowAnonymous]")]
    [InlineData("""[RequireScope("read")]""", """[HttpPost, Authorize("own")]""")]
    [InlineData("", "[HttpPost]")]
    [InlineData("", """[AcceptVerbs("GET"), RequireScope("read")]""")]
    [InlineData("", """[AcceptVerbs("GET", "HEAD"), RequireScope("read")]""")]
    [InlineData("", """[AcceptVerbs((string[])null!), RequireScope("read")]""")]
    [InlineData("", """[AcceptVerbs("POST"), RequireScope("write")]""")]
    [InlineData("[Editors]", """[HttpPost, RequireScope("read")]""")]
    public async Task It_is_silent_about_an_action(string controller, string action) =>
        Assert.Empty(await AnalyzeAsync(InController(controller, action)));

    [Fact]
    public async Task It_is_silent_where_the_overridden_action_asks_for_more() => Assert.Empty(await AnalyzeAsync("""
        using Microsoft.AspNetCore.Mvc;
        using Pat.AspNetCore;

        public abstract class Changing : ControllerBase
        {
            [RequireScope("write")]
            public abstract string Change();
        }

        public class Tasks : Changing
        {
            [HttpPost, RequireScope("read")]
            public override string Change() => "";

            public static void Main() { }
        }
        """));

    [Fact]
    public async Task It_says_where_and_what_to_do()
    {
        var compilation = Compile(InProgram("""app.MapPost("/a", () => "").RequireScope("read");"""));

        var warning = Assert.Single(await DiagnoseAsync(compilation));

        Assert.Equal(DiagnosticSeverity.Warning, warning.Severity);
        Assert.Equal("MapPost", warning.Location.SourceTree!.GetText().ToString(warning.Location.SourceSpan));
        Assert.Contains("Ask for 'write'", warning.GetMessage(null), StringComparison.Ordinal);
    }

    private static string InProgram(string code) => $$"""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Pat;
        using Pat.AspNetCore;

        var app = WebApplication.CreateBuilder(args).Build();
        {{code}}
        """;

    private static string InController(string controller, string action) => $$"""
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;
        using Pat.AspNetCore;

        {{controller}}
        public class Tasks : ControllerBase
        {
            {{action}}
            public string Change() => "";

            public static void Main() { }
        }

        public class EditorsAttribute() : AuthorizeAttribute("editors");
        """;

    private static async Task<IEnumerable<string>> AnalyzeAsync(string code) =>
        (await DiagnoseAsync(Compile(code))).Select(diagnostic => diagnostic.Id);

    private static CSharpCompilation Compile(string code)
    {
        var compilation = CSharpCompilation.Create("application", [CSharpSyntaxTree.ParseText(code)], References);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    private static Task<ImmutableArray<Diagnostic>> DiagnoseAsync(CSharpCompilation compilation) =>
        compilation.WithAnalyzers([new ReadScopeOnWriteAnalyzer()]).GetAnalyzerDiagnosticsAsync();
}
