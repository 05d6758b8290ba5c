using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Pat.AspNetCore.TestSupport;

/// <summary>JWTs beside personal access tokens.</summary>
internal static class Jwts
{
    private static readonly SymmetricSecurityKey Key = new("a key that only these tests know about"u8.ToArray());

    /// <summary>JwtBearer as the default scheme of everything.</summary>
    public static void AsDefault(AuthenticationBuilder authentication) =>
        AddJwts(authentication.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme));

    /// <summary>JwtBearer as one scheme among others.</summary>
    public static AuthenticationBuilder AddJwts(AuthenticationBuilder authentication) =>
        authentication.AddJwtBearer(options => options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateIssuer = false,
            ValidateAudience = false,
            IssuerSigningKey = Key,
        });

    public static string Create(string user, string? scope = null, bool isExpired = false, DateTimeOffset? signedInAt = null)
    {
        var claims = new Dictionary<string, object> { ["sub"] = user };
        if (scope is not null)
        {
            claims["scope"] = scope;
        }

        if (signedInAt is { } time)
        {
            claims["auth_time"] = time.ToUnixTimeSeconds();
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            NotBefore = new DateTime(2019, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            Expires = new DateTime(isExpired ? 2020 : 2100, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
        });
    }
}
