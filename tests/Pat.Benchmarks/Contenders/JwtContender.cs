using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Pat.Benchmarks;

/// <summary>ASP.NET Core's JwtBearer handler with a key that the application has, all validation as it comes.</summary>
internal sealed class JwtContender : IContender
{
    private const string Issuer = "https://issuer.example.com";
    private const string Audience = "benchmark";

    private readonly SecurityKey _key;
    private readonly string _algorithm;

    private JwtContender(SecurityKey key, string algorithm)
    {
        _key = key;
        _algorithm = algorithm;
        _key.KeyId = "1";
    }

    public string Name => $"JwtBearer {_algorithm}";

    public static JwtContender Hs256() =>
        new(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)), SecurityAlgorithms.HmacSha256);

    public static JwtContender Rs256() => new(new RsaSecurityKey(RSA.Create(2048)), SecurityAlgorithms.RsaSha256);

    public static JwtContender Es256() =>
        new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)), SecurityAlgorithms.EcdsaSha256);

    public void AddServices(IServiceCollection services)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.TokenValidationParameters.ValidIssuer = Issuer;
            options.TokenValidationParameters.ValidAudience = Audience;
            options.TokenValidationParameters.IssuerSigningKey = _key;
        });
        services.AddAuthorization();
    }

    public void Protect(IEndpointConventionBuilder endpoint) => endpoint.RequireAuthorization();

    public Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count) =>
        Task.FromResult<IReadOnlyList<string>>([.. Enumerable.Range(0, count).Select(Issue)]);

    /// <summary>Twelve claims as the handler counts them: issuer, audience and three times among them.</summary>
    private string Issue(int number)
    {
        var id = Subject.Id(number);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Subject.Lifetime,
            Subject = new ClaimsIdentity(
            [
                new Claim(JwtRegisteredClaimNames.Sub, id),
                new Claim(JwtRegisteredClaimNames.Name, $"{id}@example.com"),
                new Claim(JwtRegisteredClaimNames.Email, $"{id}@example.com"),
                new Claim("scope", "read write"),
                new Claim("roles", "member"),
                new Claim("roles", "editor"),
                new Claim("tenant", $"tenant of {id}"),
            ]),
            SigningCredentials = new SigningCredentials(_key, _algorithm),
        });
    }
}
