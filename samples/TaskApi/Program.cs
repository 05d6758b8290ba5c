using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using Pat.AspNetCore;
using TaskApi;
using TaskApi.Accounts;
using TaskApi.Reference;
using TaskApi.Tasks;

var builder = WebApplication.CreateBuilder(args);

var database = builder.AddDatabase();

// People sign in with a cookie; the Bearer scheme is what MapIdentityApi's own sign-in without cookies needs.
builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme)
    .AddBearerToken(IdentityConstants.BearerScheme)
    .AddIdentityCookies();
builder.Services.ConfigureApplicationCookie(options => options.LoginPath = SignInPage.Path);
builder.Services.AddAuthorization();
builder.Services.AddIdentityCore<AppUser>(options => options.User.RequireUniqueEmail = true)
    .AddEntityFrameworkStores<AppDbContext>()
    .AddApiEndpoints();

var tokens = builder.Services.AddPersonalAccessTokens(options => options.TokenPrefix = "task_pat")
    .AddEntityFrameworkStore<AppDbContext>()
    .AddIdentityOwners<AppUser, AppDbContext>()
    .RequireExplicitTokenAccess()
    .AddUI(options =>
    {
        options.Layout = typeof(PageLayout);
        options.ExampleUrl = "/api/tasks";
    });
builder.Services.Configure<PersonalAccessTokenManagementOptions>(
    options => options.RequireRecentSignIn = builder.Configuration.GetValue<TimeSpan?>("Tokens:RecentSignIn"));
if (database == DatabaseProvider.PostgreSQL)
{
    // Behind PgBouncer, "Listen" leads to PostgreSQL itself.
    tokens.UsePostgreSql(options => options.ListenConnectionString = builder.Configuration.GetConnectionString("Listen"));
}

if (builder.Configuration.GetConnectionString("Redis") is { } redis)
{
    tokens.AddRedisChangeFeed(redis);
}

// What a load balancer asks: whether tokens can be judged here.
builder.Services.AddHealthChecks().AddPersonalAccessTokens();
builder.AddTelemetry();

builder.Services.AddRazorComponents();
builder.Services.AddSingleton<IProblemDetailsWriter, ProblemPage>();
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddOpenApi(options => options
    .AddDocumentTransformer<TaskApiDocument>()
    .AddOperationTransformer<AccountOperations>()
    .AddOperationTransformer<SessionOperations>()
    .AddPersonalAccessTokens(document => document.HowToGetOne = "Sign in and create one in your profile, or by `POST /api/auth/access_tokens`."));

// Numbers are numbers, so that the document says so too.
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);

// A body that is no JSON is the caller's mistake: a 400 in Development too, and no page for developers.
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

var app = builder.Build();

app.UsePageHeaders();
app.UsePageLanguages();

// Before authentication, so that its answers get a body too.
app.UseExceptionHandler();
app.UseStatusCodePages();

app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapHealthChecks("/health");
app.MapStaticAssets();
app.MapGet("/", () => Results.LocalRedirect(TasksPage.Path)).ExcludeFromDescription();
app.MapSignInPage();
app.MapTasksPage();
app.MapProfilePage();
app.MapGroup("/api/auth").MapIdentityApi<AppUser>().RefuseTokens().WithTags("Accounts");
app.MapPersonalAccessTokens();
app.MapPersonalAccessTokensUI(ProfilePage.SecurityPath);
app.MapTasks();
app.MapOpenApi();
app.MapReferencePage();

if (!await app.TryMigrateDatabaseAsync())
{
    return 1;
}

await app.RunAsync();
return 0;
