using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pat.EntityFrameworkCore;

namespace Pat.AspNetCore.TestSupport;

/// <summary>Tokens that no manager would make: changed in the database itself.</summary>
internal static class TokenTampering
{
    public static async Task<string> CreateTokenHoldingAsync(this TestApp app, params string[] scopes)
    {
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await using var context = await app.Services
            .GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
        var token = await context.Set<PersonalAccessToken>().SingleAsync(token => token.Id == created.Token!.Id);
        token.Scopes = [.. scopes];
        await context.SaveChangesAsync();
        return created.Value!;
    }
}
