using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>The switch counts for the whole process, so no other test runs beside these.</summary>
[CollectionDefinition(nameof(SuppressedDefaultTests), DisableParallelization = true)]
[Collection(nameof(SuppressedDefaultTests))]
public sealed class SuppressedDefaultTests : IDisposable
{
    private const string Switch = "Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme";

    public SuppressedDefaultTests() => AppContext.SetSwitch(Switch, true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_application_that_wants_no_default_gets_none(bool hasCookies)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, authentication: authentication =>
        {
            if (hasCookies)
            {
                TestHost.AddCookies(authentication);
            }
        });

        var schemes = app.Services.GetRequiredService<IAuthenticationSchemeProvider>();
        Assert.Null(await schemes.GetDefaultAuthenticateSchemeAsync());

        // What an endpoint asks of tokens names its scheme, so that tokens need no default.
        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => AppContext.SetSwitch(Switch, false);
}
