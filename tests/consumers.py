"""What consumers.sh does: python3 consumers.py PACKAGES NEW_FOLDER [APPLICATION ...]

In a folder outside of the repository, with caches of its own that are empty, it makes applications that know Pat's packages alone:
from the template, from the code of the READMEs, an MVC application with Identity, a client, and one that is compiled ahead of time; and one beside a clone, as
getting started does. Commands and code are those that the manual shows. It builds and starts them, makes tokens as their users do, and looks at what those open, at what they don't, and at what a build says of a fault."""

import json
import re
import shutil
import subprocess
import sys
import time

from consumer import Application, Browser, check, expect, expect_soon, send
from manual import ROOT, block, commands
from servers import PostgreSql, Redis
from workspace import ENVIRONMENT, VERSION, WORK, add_tools, check_sources, curl, dotnet, make, new, prepare, replace, run


def template():
    """The manual's three commands from an empty folder to an endpoint that answers to a token, and the lines that ask it."""
    *first, last = commands(block("docs/getting-started.md", "sh", "Pat.Templates"), VERSION)
    expect(list(commands(block("templates/README.md", "sh"), VERSION)) == [*first, last], "the template's README has other commands than getting started")
    lines = block("templates/pat-api/README.md", "sh", "curl")
    page = block("docs/getting-started.md", "sh", "curl")
    started = time.monotonic()
    run(first)
    with Application(last, WORK, ENVIRONMENT) as application:
        browser = Browser(application.address)
        form = browser.open("/").form("name")
        expect("/sign-in" in browser.address, f"the template asks nobody to sign in: {browser.address}")
        browser.send(form)
        write = browser.create_on_page("/tokens", "write")
        answer = curl(page, application.address, write)
        seconds = time.monotonic() - started
        expect(answer == "[] 200\n", f"the manual's line of curl prints {answer}")
        answers = curl(lines, application.address, write)
        expect(answers == ' 200\n["hello"] 200\n', f"the template's lines of curl print {answers}")
        check(application.address, "/api/notes", browser.create_on_page("/tokens", "read"), write, body={"text": "again"})
    expect(lines in (WORK / "Notes/README.md").read_text(), "what the template makes has other lines of curl in its README")
    new("pat-api", "-o", "Acme", "--tokenPrefix", "acme_pat")
    expect('TokenPrefix = "acme_pat"' in (WORK / "Acme/Program.cs").read_text(), "the template sets no prefix")
    expect(len(first) + 1 == 3, f"{len(first) + 1} commands")
    expect(seconds < 300, f"it takes {seconds:.0f} seconds from empty caches")
    print(f"template: 3 commands, {seconds:.0f} s from empty caches to 200 for a token of the settings page")


SIGN_IN = """using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

[assembly: HostingStartup(typeof(SignIn))]

// However its users sign in: whoever asks is alice.
internal sealed class SignIn : IHostingStartup, IStartupFilter
{
    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(this));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((HttpContext context, RequestDelegate rest) => context.Request.Path == "/sign-in"
            ? context.SignInAsync("Cookies", new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "alice")], "Cookies")))
            : rest(context));
        next(app);
    };
}
"""


def tasks(name):
    """The code of the README, to the letter."""
    folder = make("web", name, "src/Pat.AspNetCore/README.md")
    (folder / "Program.cs").write_text(block("README.md", "csharp"))
    (folder / "SignIn.cs").write_text(SIGN_IN)
    return folder


def tokens_of_api(server, form=None):
    """Makes a token that may read and one that may write, as a user's script does who is signed in, by a form or by SIGN_IN."""
    browser = Browser(server)
    if form:
        browser.send(form)
    else:
        browser.open("/sign-in")
    return [browser.create("/api/auth/access_tokens", {"name": scope, "scopes": [scope], "expiresInDays": 30}) for scope in ["read", "write"]]


def minimal():
    """The code of the README, and a client of it."""
    code = (tasks("Tasks") / "Program.cs").read_text()
    make("console", "Client", "src/Pat.Client/README.md")
    expect("PAT001" not in dotnet("build", "Tasks"), "the analyzer warns of the README's code")

    # The lines that name something of Pat's and would not be there without it; an endpoint would.
    own = [line for line in code.splitlines() if re.search(r"\bPat\.|PersonalAccessToken", line)]
    expect(len(own) <= 6, f"the README's code has {len(own)} lines of Pat's: {own}")

    with Application(["dotnet", "run", "--no-build", "--project", "Tasks"], WORK, ENVIRONMENT) as application:
        read, write = tokens_of_api(application.address)
        check(application.address, "/api/tasks", read, write, "?name=Feed")
        client(application.address, read)
    warning()
    print(f"README: {len(own)} lines of Pat's; its API makes tokens, Pat.Client calls it with one, and builds warn of a fault")


def clone():
    """The application that getting started makes, which refers to a clone of the repository beside it and to no package of Pat's."""
    page = "docs/getting-started.md"
    lines = block(page, "sh", "dotnet new web")
    expect(block("README.md", "sh", "dotnet add reference") in lines, "the README adds Pat to an application by other commands than getting started")
    subprocess.run(["git", "clone", "--quiet", ROOT, WORK / "pat"], check=True)
    made = subprocess.run(["bash", "-euc", lines], cwd=WORK, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    expect(made.returncode == 0, f"getting started's commands fail:\n{made.stdout}{made.stderr}")
    (WORK / "Hello/Program.cs").write_text(block(page, "csharp"))
    with Application(["dotnet", "run"], WORK / "Hello", ENVIRONMENT) as application:
        tokens = tokens_of_api(application.address, {"": f"{application.address}/signin/alice"})
        check(application.address, "/notes", *tokens)
    store = with_identity("Store")
    run(commands(block("docs/adding-to-an-application.md", "sh", "dotnet add reference"), VERSION), store)
    dotnet("build", "Store")
    print("beside a clone: getting started's commands and code, and those for an application with Identity")


FAULTY = """internal static class Faulty
{
    public static void Map(WebApplication app) => app.MapPost("/faulty", () => "Changed").RequireScope("read");
}
"""


def warning():
    """The package brings its analyzer: a build warns of an endpoint that changes something and asks for read alone."""
    (WORK / "Tasks/Faulty.cs").write_text(FAULTY)
    built = dotnet("build", "Tasks")
    expect(re.search(r"Faulty\.cs\(3,\d+\): warning PAT001: ", built), f"no PAT001 in a build with a faulty endpoint:\n{built}")


def client(server, token):
    """The code of Pat.Client's README, with this server's address."""
    program = WORK / "Client/Program.cs"
    program.write_text(block("src/Pat.Client/README.md", "csharp"))
    replace(program, "https://tasks.example.com", server)
    dotnet("build", "Client")
    command = ["dotnet", str(WORK / "Client/bin/Debug/net10.0/Client.dll")]

    def run(value):
        return subprocess.run(command, env=ENVIRONMENT | {"TASKS_ACCESS_TOKEN": value}, capture_output=True, text=True, timeout=60)

    expect(run(token).stdout.strip() == "Water the plants", "the client doesn't read with its token")
    refused = run(token[:-1])
    expect(refused.returncode != 0 and "PersonalAccessTokenException" in refused.stderr, "the client sends what is no whole token")


def own(code):
    """Code of the manual, with the names of the types that Identity's template makes."""
    return code.replace("AppDbContext", "ApplicationDbContext").replace("AppUser", "IdentityUser")


def with_identity(name):
    """MVC with Identity, and the manual's code in its context, its program and its layout. What it refers to is the caller's to add."""
    services, endpoints = own(block("docs/adding-to-an-application.md", "csharp", "AddIdentityOwners")).split("\n\n")
    method = re.search(r"^    protected override void OnModelCreating.*?^    }\n", block("docs/storage.md", "csharp"), re.DOTALL | re.MULTILINE)[0]
    view = re.search(r'`(o\.View = "~/(.*?)")`', (ROOT / "docs/settings-page.md").read_text())

    new("mvc", "--auth", "Individual", "-o", name, "--no-restore")
    folder = WORK / name
    replace(folder / "Data/ApplicationDbContext.cs", "\n{\n", f"\n{{\n{method}")
    replace(folder / "Data/ApplicationDbContext.cs", "namespace", "using Pat.EntityFrameworkCore;\n\nnamespace")
    replace(folder / "Program.cs", "var app =", f"{services}\n\nvar app =")
    replace(folder / "Program.cs", ".AddUI()", f".AddUI(o => {view[1]})")
    replace(folder / "Program.cs", "app.Run();", f"{endpoints}\napp.Run();")
    (folder / view[2]).parent.mkdir()
    (folder / view[2]).write_text(block("docs/settings-page.md", "cshtml"))
    return folder


def mvc():
    """MVC with Identity, by the manual's code: tokens in the application's own context, by a migration, and the settings page in its layout."""
    shop = with_identity("Shop")
    for package in ["Pat.AspNetCore", "Pat.AspNetCore.UI", "Pat.EntityFrameworkCore", "Pat.Identity"]:
        dotnet("add", "package", package, "--version", VERSION, "--no-restore", folder=shop)
    dotnet("restore", "Shop")
    add_tools()
    run(commands(block("docs/storage.md", "sh", "AddPersonalAccessTokens"), VERSION), shop)

    with Application(["dotnet", "run", "--no-build", "--launch-profile", "http", "--project", "Shop"], WORK, ENVIRONMENT) as application:
        browser = Browser(application.address)
        account = {"Input.Email": "alice@example.com", "Input.Password": "Passw0rd!"}
        form = browser.open("/Identity/Account/Register").form("Input.ConfirmPassword")
        browser.send(form | account | {"Input.ConfirmPassword": "Passw0rd!"})
        browser.open(browser.link("confirm-link"))
        form = browser.open("/profile/security").form("Input.Password")
        answer = browser.send(form | account)
        expect("/profile/security" in browser.address and 'href="/Home/Privacy"' in answer.text, f"the page is not in the layout: {browser.address}")
        read, write = (browser.create_on_page("/profile/security", scope) for scope in ["read", "write"])
        check(application.address, "/api/orders", read, write, "?name=One")
    print("MVC with Identity: a migration, and the settings page in its layout")


def openapi():
    """The code of Pat.AspNetCore.OpenApi's README, and the document that it makes."""
    page = "src/Pat.AspNetCore.OpenApi/README.md"
    (make("web", "Documented", page) / "Program.cs").write_text(block(page, "csharp"))
    with Application(["dotnet", "run", "--project", "Documented"], WORK, ENVIRONMENT) as application:
        document = json.loads(send(f"{application.address}/openapi/v1.json")[2])
        expect(send(f"{application.address}/api/tasks")[0] == 401, "the documented application takes requests without a token")
    scheme = document["components"]["securitySchemes"]["PersonalAccessToken"]
    expect((scheme["type"], scheme["scheme"]) == ("http", "bearer"), f"the document has the scheme {scheme}")
    security = document["paths"]["/api/tasks"]["get"]["security"]
    expect(security == [{"PersonalAccessToken": ["read"]}], f"an operation needs {security}")
    print("OpenAPI: the document has the scheme, and the scope of an operation")


def testing():
    """The code of Pat.Testing's README in a test project, of the README's application."""
    page = "src/Pat.Testing/README.md"
    tasks("Tested")
    tests = make("xunit", "Tested.Tests", page)
    dotnet("add", "reference", "../Tested/Tested.csproj", folder=tests)
    (tests / "UnitTest1.cs").write_text(block(page, "csharp"))
    told = dotnet("test", "Tested.Tests")
    expect(re.search(r"Failed: +0, Passed: +1, Skipped: +0", told), f"the test of Pat.Testing's README did not pass:\n{told}")
    print("Pat.Testing: a test with a token passes")


def nodes():
    """The code of the READMEs of the packages for many nodes, one after the other on one database. Its endpoints, and how users sign in, are the README's."""
    readme = block("README.md", "csharp")
    sign_in = next(line for line in readme.splitlines() if "AddAuthentication" in line)
    endpoints = readme[readme.index("var app ="):]
    new("web", "-o", "Nodes", "--no-restore")
    program = WORK / "Nodes/Program.cs"
    (WORK / "Nodes/SignIn.cs").write_text(SIGN_IN)

    def start(page, documented, address):
        run(commands(block(page, "sh"), VERSION), program.parent)
        program.write_text(block(page, "csharp"))
        replace(program, documented, address)
        replace(program, "builder.Services", f"{sign_in}\nbuilder.Services")
        replace(program, "await builder.Build().RunAsync();\n", endpoints)
        return Application(["dotnet", "run", "--project", "Nodes"], WORK, ENVIRONMENT | {"ConnectionStrings__Tokens": database})

    with PostgreSql() as postgres, Redis() as redis:
        database = postgres.connection_string("tokens")
        with start("src/Pat.EntityFrameworkCore.PostgreSQL/README.md", "Host=localhost;Database=tokens", database) as application:
            read, write = tokens_of_api(application.address)
            check(application.address, "/api/tasks", read, write, "?name=Feed")
            expect_soon(lambda: "LISTEN" in postgres.ask("tokens", "select query from pg_stat_activity"), "nobody listens to PostgreSQL")
        with start("src/Pat.Redis/README.md", "redis:6379", redis.address) as application:
            check(application.address, "/api/tasks", read, write, "?name=Feed")
            check(application.address, "/api/tasks", *tokens_of_api(application.address), "?name=Feed")
            expect_soon(lambda: "pat_changes" in redis.ask("PUBSUB CHANNELS"), "nobody listens to Redis")
    migration(program)
    print("PostgreSQL and Redis: tokens are made and used, by each README's code, and both are listened to")


def migration(program):
    """The manual's migration of the context that Pat brings, in the application's project."""
    page = "docs/storage.md"
    design = re.search(r"dotnet add package Microsoft\.EntityFrameworkCore\.Design --version [\d.]+", (ROOT / page).read_text())[0]
    services = block(page, "csharp", "MigrationsAssembly").replace("MyApplication", program.parent.name)
    first, rest = program.read_text().split("builder.Services", 1)
    program.write_text(f"{first}{services}{rest[rest.index('var app ='):]}")
    add_tools()
    run(commands(f"{design}\n{block(page, 'sh', 'migrations add Tokens')}", VERSION), program.parent)
    expect(list(program.parent.glob("Migrations/*_Tokens.cs")), "the manual's command adds no migration to the application")


def readmes():
    """The code of the READMEs that no application above is made of."""
    for page, template in [
        ("src/Pat.Core/README.md", "console"),
        ("src/Pat.EntityFrameworkCore/README.md", "web"),
        ("src/Pat.Identity/README.md", "web"),
        ("src/Pat.AspNetCore.UI/README.md", "web"),
    ]:
        folder = make(template, f"{page.split('/')[1]}.Readme", page)
        (folder / "Program.cs").write_text(block(page, "csharp"))
        dotnet("build", folder.name)
    print("the other READMEs: their commands and code make applications")


WHOLE = """<PublishAot>true</PublishAot>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <TrimmerSingleWarn>false</TrimmerSingleWarn>
  </PropertyGroup>
  <ItemGroup>
    <TrimmerRootAssembly Include="Pat.Core" />
    <TrimmerRootAssembly Include="Pat.Client" />
  </ItemGroup>
"""


def ahead():
    """All of the packages that say they can be compiled ahead of time, and of what they depend on as far as they use it, without a warning."""
    expect(shutil.which("clang") or shutil.which("gcc"), "compiling ahead of time needs a linker: apt-get install gcc")
    new("console", "-o", "Ahead", "--no-restore")
    project = WORK / "Ahead/Ahead.csproj"
    for package in ["Pat.Core", "Pat.Client"]:
        dotnet("add", "package", package, "--version", VERSION, "--no-restore", folder=project.parent)
    replace(project, "</PropertyGroup>\n", WHOLE)
    (project.parent / "Program.cs").write_text("Console.WriteLine(Pat.PersonalAccessTokenFormat.FormatId(Guid.Empty));\n")
    dotnet("publish", "Ahead", "--use-current-runtime", "--output", str(WORK / "ahead"))
    expect(subprocess.run([WORK / "ahead/Ahead"], capture_output=True, text=True).stdout == "0" * 22 + "\n", "what was compiled ahead of time does not run")
    print("Pat.Core and Pat.Client, whole, compiled ahead of time without a warning")


APPLICATIONS = {
    application.__name__: application for application in [template, clone, minimal, mvc, openapi, testing, nodes, readmes, ahead]
}

started = time.monotonic()
prepare()
for application in sys.argv[3:] or APPLICATIONS:
    APPLICATIONS[application]()
check_sources(all_are_made=not sys.argv[3:])
print(f"Pat {VERSION}, from its packages alone, in {time.monotonic() - started:.0f} s")
