using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Pat.AspNetCore.TestSupport;

/// <summary>The management API in applications with policies of their own around it.</summary>
internal static class ManagementSettings
{
    public const string ScopeDefault = "the default policy asks for a scope";
    public const string ScopeFallback = "the fallback policy asks for a scope";
    public const string ScopeGroup = "mapped in a group that asks for a scope";
    public const string MethodGroup = "mapped in a group that asks for scopes by method";
    public const string AnyTokenGroup = "mapped in a group open to any token";
    public const string NamedCookies = "the default policy names the cookie scheme";

    public static TheoryData<string> Settings =>
        new("plain", ScopeDefault, ScopeFallback, ScopeGroup, MethodGroup, AnyTokenGroup, NamedCookies);

    public static Task<TestApp> StartAsync(string setting) => Management.StartAsync(
        map: app =>
        {
            var group = app.MapGroup("");
            _ = setting switch
            {
                ScopeGroup => group.RequireScope("read"),
                MethodGroup => group.RequireScopeByMethod(),
                AnyTokenGroup => group.AllowAnyToken(),
                _ => group,
            };
            group.MapPersonalAccessTokens();
        },
        services: builder =>
        {
            var authorization = builder.Services.AddAuthorizationBuilder();
            _ = setting switch
            {
                ScopeDefault => authorization.SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireScope("read").Build()),
                ScopeFallback => authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireScope("read").Build()),
                NamedCookies => authorization.SetDefaultPolicy(
                    new AuthorizationPolicyBuilder(CookieAuthenticationDefaults.AuthenticationScheme)
                        .RequireAuthenticatedUser().Build()),
                _ => authorization,
            };
        });
}
