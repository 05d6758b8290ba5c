using Microsoft.EntityFrameworkCore;
using Pat.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication("Cookies").AddCookie();        // however your users sign in today
builder.Services.AddDbContextPool<PersonalAccessTokenDbContext>(o => o.UseSqlite("Data Source=tokens.db"));
builder.Services.AddPersonalAccessTokens(o => o.TokenPrefix = "acme_pat")
    .AddEntityFrameworkStore<PersonalAccessTokenDbContext>();     // or your own context, with a migration

var app = builder.Build();
app.MapGet("/api/tasks", () => "Water the plants").RequireScope("read");
app.MapPost("/api/tasks", (string name) => $"{name}: noted").RequireScope("write");
app.MapPersonalAccessTokens();                                    // where users create, see and revoke their tokens
await using (var scope = app.Services.CreateAsyncScope())
    await scope.ServiceProvider.GetRequiredService<PersonalAccessTokenDbContext>().Database.EnsureCreatedAsync();
await app.RunAsync();
