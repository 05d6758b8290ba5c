using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Asks whether a session may manage tokens, and has the page to show where it may not.</summary>
internal sealed class SessionCheck(OwnerSessions sessions, TypedFields typed, Texts texts)
{
    private const string SignInParameter = "sign-in";
    private const int MaxRefillLength = 2_000;

    /// <param name="http">The request.</param>
    /// <param name="form">What was sent; empty where a page is only asked for.</param>
    /// <param name="isGenuine">Whether the form is one that this session was shown.</param>
    /// <param name="needsRecentSignIn">Whether a session of long ago is not enough.</param>
    /// <returns>The owner, or the page to show in its place.</returns>
    public async Task<(SessionOwner? Owner, Page? Refusal)> FindOwnerAsync(
        HttpContext http, IFormCollection form, bool isGenuine, bool needsRecentSignIn)
    {
        var session = await sessions.FindAsync(http, http.RequestAborted);
        return session.State switch
        {
            OwnerSessionState.Unguarded => (null, Forbidden(texts["Tokens can't be managed here: the page is open to everybody."])),
            OwnerSessionState.NoOwnerId => (null, Forbidden(texts["Your account can't have tokens: it has no id that they could belong to."])),
            OwnerSessionState.OwnerDisabled => (null, Forbidden(texts["Your account is not allowed to have tokens."])),
            OwnerSessionState.Ended => (null, AskToSignIn(http, form, isGenuine, hasEnded: true)),
            _ when needsRecentSignIn && !sessions.IsRecent(http) => (null, AskToSignIn(http, form, isGenuine, hasEnded: false)),
            _ => (session.Owner, null),
        };
    }

    private Page Forbidden(string message) => Page.Of<MessagePage>(texts["Personal access tokens"], message, StatusCodes.Status403Forbidden);

    /// <summary>
    /// A page of ours first, and only by its link to the sign-in: an application may send a session that it knows straight
    /// back from there, and so on for ever.
    /// </summary>
    private Page AskToSignIn(HttpContext http, IFormCollection form, bool isGenuine, bool hasEnded)
    {
        var request = http.Request;
        var here = request.PathBase.ToUriComponent() + request.Path.ToUriComponent();
        if (request.Query.ContainsKey(SignInParameter))
        {
            var kept = QueryString.Create(request.Query.Where(parameter => parameter.Key != SignInParameter));
            return Page.SignIn(here + kept);
        }

        var fields = HttpMethods.IsPost(request.Method)
            ? QueryString.Create(form.Where(field => PageRequest.FillableFields.Contains(field.Key)))
            : request.QueryString;
        if (isGenuine && sessions.OwnerIdOf(http.User) is { } ownerId)
        {
            fields = fields.Add(TypedFields.SealParameter, typed.Seal(ownerId));
        }

        var query = new QueryBuilder { { SignInParameter, "1" } }.ToQueryString();
        var link = here + query.Add(fields.ToUriComponent().Length <= MaxRefillLength ? fields : QueryString.Empty);
        return hasEnded
            ? Page.Of<SignInPage>(texts["Your session has ended"], new SignInRequest(link, hasEnded), StatusCodes.Status401Unauthorized)
            : Page.Of<SignInPage>(texts["Sign in again"], new SignInRequest(link, hasEnded), StatusCodes.Status403Forbidden);
    }
}
