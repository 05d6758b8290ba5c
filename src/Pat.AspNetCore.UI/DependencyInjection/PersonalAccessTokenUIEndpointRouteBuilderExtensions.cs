using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pat.AspNetCore;
using Pat.AspNetCore.UI;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the settings page of personal access tokens.</summary>
public static class PersonalAccessTokenUIEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the page on which signed-in users manage their tokens, and the pages that belong to it. It keeps to the
    /// application's default authorization policy, is closed to tokens, and stands anywhere among the Map calls.
    /// </summary>
    /// <param name="endpoints">The application or a group.</param>
    /// <param name="path">Where it is: <c>/profile/security</c>.</param>
    /// <returns>A builder for further conventions on all its endpoints.</returns>
    /// <exception cref="InvalidOperationException"><c>AddUI()</c> was not called on the builder of the tokens.</exception>
    public static IEndpointConventionBuilder MapPersonalAccessTokensUI(this IEndpointRouteBuilder endpoints, string path)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(path);
        var services = endpoints.ServiceProvider;
        if (services.GetService<PageEndpoints>() is not { } pages)
        {
            throw new InvalidOperationException("The settings page is not there: call services.AddPersonalAccessTokens().AddUI().");
        }

        var all = endpoints.MapGroup(path).ExcludeFromDescription();
        all.MapGet(Asset.StyleSheet.FileName, Asset.StyleSheet.SendAsync).AllowAnonymous();
        all.MapGet(Asset.Script.FileName, Asset.Script.SendAsync).AllowAnonymous();

        // The default policy first: it may ask for more than a signed-in user.
        var session = all.MapGroup("").RequireAuthorization().RequireAuthorization(PersonalAccessTokenPolicies.SessionOnly);
        const string Token = $"{{{PageRequest.TokenIdParameter}}}";
        var list = services.GetRequiredService<TokenListPages>();
        session.MapGet("", Answer(new PageRoute(0, list.ShowAsync)));

        var creation = services.GetRequiredService<NewTokenPages>();
        session.MapGet("new", Answer(new PageRoute(1, creation.ShowAsync, NeedsRecentSignIn: true)));
        session.MapPost("new", Answer(new PageRoute(1, creation.CreateAsync, NeedsRecentSignIn: true)));

        var edit = services.GetRequiredService<EditPages>();
        session.MapGet($"{Token}/edit", Answer(new PageRoute(2, edit.ShowAsync, NeedsRecentSignIn: true)));
        session.MapPost($"{Token}/edit", Answer(new PageRoute(2, edit.SaveAsync, NeedsRecentSignIn: true)));

        var rotation = services.GetRequiredService<RotationPages>();
        session.MapGet($"{Token}/rotate", Answer(new PageRoute(2, rotation.ShowAsync, NeedsRecentSignIn: true)));
        session.MapPost($"{Token}/rotate", Answer(new PageRoute(2, rotation.RotateAsync, NeedsRecentSignIn: true)));

        var revocation = services.GetRequiredService<RevocationPages>();
        session.MapGet($"{Token}/revoke", Answer(new PageRoute(2, revocation.ShowAsync)));
        session.MapPost($"{Token}/revoke", Answer(new PageRoute(2, revocation.RevokeAsync)));
        session.MapGet("revoke-all", Answer(new PageRoute(1, revocation.ShowAllAsync)));
        session.MapPost("revoke-all", Answer(new PageRoute(1, revocation.RevokeAllAsync)));
        return all;

        RequestDelegate Answer(PageRoute route) => http => pages.AnswerAsync(http, route);
    }
}
