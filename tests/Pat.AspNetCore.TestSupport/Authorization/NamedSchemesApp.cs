using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.TestSupport;

/// <summary>An application whose endpoints name schemes themselves.</summary>
internal static class NamedSchemesApp
{
    public static Task<TestApp> StartAsync(string defaultScheme = CookieAuthenticationDefaults.AuthenticationScheme) => TestApp.StartAsync(
        authentication: authentication => Jwts.AddJwts(CertificateStandIn.Add(TestHost.AddCookies(
            authentication.Services.AddAuthentication(defaultScheme)))),
        services: builder => builder.Services.AddAuthorizationBuilder().AddPolicy("cookies", policy => policy
            .AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme).RequireClaim(ClaimTypes.NameIdentifier)),
        map: app =>
        {
            app.MapGet("/jwt", Answers.Who).RequireScope("read").RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser());
            app.MapGet("/certificate", Answers.Who).RequireScope("read").RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(CertificateStandIn.Name).RequireAuthenticatedUser());
            app.MapGet("/certificate-first", Answers.Who).RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(CertificateStandIn.Name).RequireAuthenticatedUser()).RequireScope("read");
            app.MapGet("/certificate-admin", Answers.Who).RequireScope("read").RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(CertificateStandIn.Name).RequireRole("admin"));
            app.MapPost("/cookies-write", Answers.Who).RequireScope("write").RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme).RequireAuthenticatedUser());
            app.MapPost("/cookies-policy-write", Answers.Who).RequireScope("write").RequireAuthorization("cookies");
        });
}
