using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Asks whether a session may manage tokens, and has the page to show where it may not.</summary>
internal sealed class SessionCheck(OwnerSessions sessions, Texts texts)
{
    private const string SignInParameter = "sign-in";
    private const int MaxRefillLength = 2_000;

    /// <returns>The owner's id, or the page to show in its place.</returns>
    public async Task<(string? OwnerId, Page? Refusal)> FindOwnerAsync(HttpContext http, IFormCollection form, bool needsRecentSignIn)
    {
        var session = await sessions.FindAsync(http, http.RequestAborted);
        return session.State switch
        {
            OwnerSessionState.NoOwnerId => (null, Forbidden(texts["Your account can't have tokens: it has no id that they could belong to."])),
            OwnerSessionState.OwnerDisabled => (null, Forbidden(texts["Your account is not allowed to have tokens."])),
            OwnerSessionState.Ended => (null, AskToSignIn(http.Request, form, hasEnded: true)),
            _ when needsRecentSignIn && !sessions.IsRecent(http) => (null, AskToSignIn(http.Request, form, hasEnded: false)),
            _ => (session.OwnerId, null),
        };
    }

    private Page Forbidden(string message) => Page.Of<MessagePage>(texts["Personal access tokens"], message, StatusCodes.Status403Forbidden);

    /// <summary>
    /// A page of ours first, and only by its link to the sign-in: an application may send a session that it knows straight
    /// back from there, and so on for ever.
    /// </summary>
    private Page AskToSignIn(HttpRequest request, IFormCollection form, bool hasEnded)
    {
        var here = request.PathBase.ToUriComponent() + request.Path.ToUriComponent();
        if (request.Query.ContainsKey(SignInParameter))
        {
            var kept = QueryString.Create(request.Query.Where(parameter => parameter.Key != SignInParameter));
            return Page.SignIn(here + kept);
        }

        var typed = HttpMethods.IsPost(request.Method)
            ? QueryString.Create(form.Where(field => PageRequest.FillableFields.Contains(field.Key)))
            : request.QueryString;
        var query = new QueryBuilder { { SignInParameter, "1" } }.ToQueryString();
        var link = here + query.Add(typed.ToUriComponent().Length <= MaxRefillLength ? typed : QueryString.Empty);
        return hasEnded
            ? Page.Of<SignInPage>(texts["Your session has ended"], new SignInRequest(link, hasEnded), StatusCodes.Status401Unauthorized)
            : Page.Of<SignInPage>(texts["Sign in again"], new SignInRequest(link, hasEnded), StatusCodes.Status403Forbidden);
    }
}
