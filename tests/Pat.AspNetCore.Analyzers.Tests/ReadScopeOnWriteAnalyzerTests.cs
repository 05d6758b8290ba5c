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
    [InlineData("""_ = app.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""app.UseEndpoints(endpoints => endpoints.MapPost("/a", () => "").RequireScope("read"));""")]
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
    [InlineData("""["POST"]""")]
    [InlineData("""["get", "post"]""")]
    [InlineData("[HttpMethods.Post]")]
    [InlineData("[HttpMethods.Get, HttpMethods.Delete]")]
    [InlineData("new[] { HttpMethods.Put }")]
    [InlineData("new string[] { HttpMethods.Patch }")]
    [InlineData("new List<string> { HttpMethods.Post }")]
    public async Task It_warns_of_methods_that_write(string methods) =>
        Assert.Equal(["PAT001"], await AnalyzeAsync(InProgram($"""app.MapMethods("/a", {methods}, () => "").RequireScope("read");""")));

    [Theory]
    [InlineData("[HttpMethods.Get]", "")]
    [InlineData("new[] { HttpMethods.Head, HttpMethods.Options }", "")]
    [InlineData("""["GET"]""", "POST")]
    [InlineData("Environment.GetCommandLineArgs()", "")]
    public async Task It_is_silent_about_other_methods(string methods, string answer) =>
        Assert.Empty(await AnalyzeAsync(InProgram($"""app.MapMethods("/a", {methods}, () => "{answer}").RequireScope("read");""")));

    [Theory]
    [InlineData("""app.MapPost("/a", [RequireScope("read")] () => "");""")]
    [InlineData("""app.MapPost("/a", [RequireScope("read")] static (HttpContext context) => Task.CompletedTask);""")]
    [InlineData("""app.MapPost("/a", [Authorize(PersonalAccessTokenPolicies.Read)] () => "");""")]
    [InlineData("""app.MapPost(handler: [RequireScope("read")] () => "", pattern: "/a");""")]
    [InlineData("""app.MapPost("/a", Create); [RequireScope("read")] static IResult Create() => Results.Ok();""")]
    [InlineData("""app.MapPost("/a", Tasks.Create); static class Tasks { [RequireScope("read")] public static string Create() => ""; }""")]
    [InlineData("""app.MapMethods("/a", [HttpMethods.Put], [RequireScope("read")] () => "");""")]
    public async Task It_warns_of_a_handler(string code) =>
        Assert.Equal(["PAT001"], await AnalyzeAsync(InProgram(code)));

    [Theory]
    [InlineData("""app.MapPost("/a", [RequireScope("write")] () => "").RequireScope("read");""")]
    [InlineData("""app.MapPost("/a", [RequireScope("read")] () => "").RequireScope("write");""")]
    [InlineData("""app.MapPost("/a", [RequireScope("read"), RefuseTokens] () => "");""")]
    [InlineData("""app.MapPost("/a", Create).RequireScope("read"); [RequireScope("write")] static IResult Create() => Results.Ok();""")]
    [InlineData("""app.MapGet("/a", [RequireScope("read")] () => "");""")]
    public async Task It_is_silent_about_a_handler(string code) => Assert.Empty(await AnalyzeAsync(InProgram(code)));

    [Theory]
    [InlineData("""var e = app.MapPost("/a", () => ""); e.RequireScope("read");""")]
    [InlineData("""IEndpointConventionBuilder e = app.MapPost("/a", () => "").WithName("a"); e.AllowAnyToken().RequireScope("read");""")]
    [InlineData("""var e = app.MapPost("/a", () => ""); var named = e.WithName("a"); named.RequireScope("read");""")]
    [InlineData("""var g = app.MapGroup("/x"); g.RequireScope("read"); g.MapPost("/a", () => "");""")]
    [InlineData("""var g = app.MapGroup("/x"); g.MapPost("/a", () => ""); g.RequireScope("read");""")]
    [InlineData("""var g = app.MapGroup("/x"); g.RequireScope("read"); var h = g.MapGroup("/y"); h.MapPost("/a", () => "");""")]
    [InlineData("""var g = app.MapGroup("/x").RequireScope("read"); g.MapPut("/b", () => "").RequireScope("write"); g.MapPost("/a", () => "");""")]
    [InlineData("""IEndpointRouteBuilder root = app; root.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""static void Map(IEndpointRouteBuilder any) => any.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""static void Map(IEndpointRouteBuilder any) { var g = any.MapGroup("/g").RequireScope("read"); g.MapPost("/a", () => ""); }""")]
    [InlineData("""Action<IEndpointRouteBuilder> map = any => any.MapPost("/a", () => "").RequireScope("read"); map(app);""")]
    public async Task It_warns_where_a_variable_is_asked_for_read(string code) =>
        Assert.Equal(["PAT001"], await AnalyzeAsync(InProgram(code)));

    [Theory]
    [InlineData("""var e = app.MapPost("/a", () => "").RequireScope("read"); e.RequireScope("write");""")]
    [InlineData("""var e = app.MapPost("/a", () => ""); var named = e.RequireScope("read"); named.RequireScope("write");""")]
    [InlineData("""var g = app.MapGroup("/x"); g.RequireScope("write"); g.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""var g = app.MapGroup("/x"); g.MapPost("/a", () => "").RequireScope("read"); g.RequireScope("write");""")]
    [InlineData("""var g = app.MapGroup("/x"); var same = g.WithTags("a"); same.RequireScope("write"); g.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""var g = app.MapGroup("/x"); if (args.Length > 0) { g.RequireScope("write"); } g.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""var g = app.MapGroup("/x"); g.RequireScope("read"); g.MapGet("/a", () => ""); app.MapPost("/b", () => "");""")]
    public async Task It_is_silent_where_a_variable_is_asked_for_more(string code) => Assert.Empty(await AnalyzeAsync(InProgram(code)));

    [Theory]
    [InlineData("""static void Map(RouteGroupBuilder group) => group.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""static RouteGroupBuilder Group() => null!; Group().MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""Groups.Field.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""Groups.Property.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""Groups.Property.MapGroup("/g").MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""var g = args.Length > 0 ? Groups.Field : app.MapGroup("/g"); g.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""foreach (var g in new[] { Groups.Field }) { g.MapPost("/a", () => "").RequireScope("read"); }""")]
    [InlineData("""var g = app.MapGroup("/g"); g = Groups.Field; g.MapPost("/a", () => "").RequireScope("read");""")]
    public async Task It_is_silent_where_it_does_not_see_the_group(string code) => Assert.Empty(await AnalyzeAsync(InProgram($"{code} {Unseen}")));

    [Theory]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read").Own();""")]
    [InlineData("""app.MapGroup("/g").Own().MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""var g = app.MapGroup("/g"); g.Own(); g.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""var e = app.MapPost("/a", () => "").RequireScope("read"); Groups.Own(builder: e);""")]
    [InlineData("""Groups.Endpoint = app.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""RouteHandlerBuilder Map() => app.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read").WithMetadata(new RequireScopeAttribute("write"));""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read").Add(endpoint => endpoint.Metadata.Add(new RequireScopeAttribute("write")));""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read").Finally(endpoint => endpoint.Metadata.Add(new RequireScopeAttribute("write")));""")]
    [InlineData("""var g = app.MapGroup("/g"); g.MapOwn(); g.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""app.MapPost("/a", () => "").RequireScope("read").RequireAuthorization(policy => policy.RequireScope("write"));""")]
    [InlineData("""app.MapMethods("/a", [Groups.Post], () => "").RequireScope("read");""")]
    [InlineData("""app.MapPost("/a", Groups.Handler).RequireScope("read");""")]
    public async Task It_is_silent_where_others_may_ask_for_more(string code) => Assert.Empty(await AnalyzeAsync(InProgram($"{code} {Unseen}")));

    [Theory]
    [InlineData("""static void Map(WebApplication whole) => whole.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""Groups.Application.MapPost("/a", () => "").RequireScope("read");""")]
    [InlineData("""Groups.Application.MapGroup("/g").RequireScope("read").MapPost("/a", () => "");""")]
    public async Task An_application_asks_for_nothing_wherever_it_comes_from(string code) =>
        Assert.Equal(["PAT001"], await AnalyzeAsync(InProgram($"{code} {Unseen}")));

    [Fact]
    public async Task It_ends_where_variables_begin_with_each_other()
    {
        var code = CSharpSyntaxTree.ParseText(InProgram("""RouteGroupBuilder g = h, h = g; g.MapPost("/a", () => "").RequireScope("read");"""));

        Assert.Empty(await DiagnoseAsync(CSharpCompilation.Create("application", [code], References)));
    }

    [Theory]
    [InlineData("", """[HttpPost, RequireScope("read")]""")]
    [InlineData("", """[HttpPut("x"), RequireScope("read")]""")]
    [InlineData("""[RequireScope("read")]""", "[HttpPatch]")]
    [InlineData("", "[HttpDelete, Authorize(PersonalAccessTokenPolicies.Read)]")]
    [InlineData("[Authorize]", """[HttpDelete, Authorize(Policy = "PersonalAccessToken:read")]""")]
    [InlineData("[AllowAnyToken]", """[HttpPost, RequireScope("read")]""")]
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

    /// <summary>What the code of an endpoint does not show.</summary>
    private const string Unseen = """
        static class Groups
        {
            public static RouteGroupBuilder Field = null!;
            public static RouteGroupBuilder Property => Field;
            public static WebApplication Application = null!;
            public static IEndpointConventionBuilder Endpoint = null!;
            public static Delegate Handler = null!;
            public static readonly string Post = HttpMethods.Get;
            public static void MapOwn(this RouteGroupBuilder group) => group.Own().MapGet("/", () => "");
            public static T Own<T>(this T builder) where T : IEndpointConventionBuilder => builder.RequireScope("write");
        }
        """;

    private static string InProgram(string code) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Routing;
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
