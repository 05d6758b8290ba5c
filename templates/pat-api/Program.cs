using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Pat.EntityFrameworkCore;
using PatApi;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication("Cookies").AddCookie(o =>
{
    o.LoginPath = DevelopmentSignIn.Path;
    o.Cookie.SecurePolicy = builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
});
builder.Services.AddDbContextPool<PersonalAccessTokenDbContext>(o => o.UseSqlite("Data Source=tokens.db"));
builder.Services.AddPersonalAccessTokens(o => o.TokenPrefix = "my_pat")
    .AddEntityFrameworkStore<PersonalAccessTokenDbContext>()
    .AddUI(o => o.ExampleUrl = "/api/notes");

var app = builder.Build();
var notes = new ConcurrentQueue<Note>(); // Your database.
app.MapGet("/api/notes", (ClaimsPrincipal user) => notes.Where(note => note.Owner == IdOf(user)).Select(note => note.Text))
    .RequireScope("read");
app.MapPost("/api/notes", (NewNote note, ClaimsPrincipal user) => notes.Enqueue(new Note(IdOf(user), note.Text)))
    .RequireScope("write");
app.MapPersonalAccessTokensUI("/tokens"); // Where users create, see and revoke their tokens.
app.MapGet("/", () => Results.LocalRedirect("/tokens"));
app.MapDevelopmentSignIn();

await using (var scope = app.Services.CreateAsyncScope())
    await scope.ServiceProvider.GetRequiredService<PersonalAccessTokenDbContext>().Database.EnsureCreatedAsync();
await app.RunAsync();

static string IdOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier)!;

internal sealed record NewNote(string Text);

internal sealed record Note(string Owner, string Text);
