using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Changes a token's name, scopes and expiry.</summary>
internal sealed class EditPages(
    PersonalAccessTokenManager manager,
    OwnedTokens tokens,
    PersonalAccessTokenScopes scopes,
    LinkedFields links,
    Failures failures,
    Texts texts,
    IOptions<PersonalAccessTokenOptions> options)
{
    /// <summary>The token as it is, or as a link fills it in: so what was typed comes back after signing in again.</summary>
    public async Task<Page> ShowAsync(PageRequest request)
    {
        var (token, refusal) = await tokens.FindUsableAsync(request);
        if (token is null)
        {
            return refusal!;
        }

        var query = request.Query;
        var asked = LinkedFields.ScopesOf(query);
        var form = FormOf(
            request,
            token,
            query.TryGetValue("name", out var name) ? name.ToString() : token.Name,
            query.ContainsKey("scopes") ? asked : token.Scopes);
        form.Expiry.Select(query["expires"], query["date"]);
        var notice = links.NoticeOf(request, texts["A link has filled in this form. Check it before you send it."], asked, form.Expiry);
        return Show(form with { Notice = notice });
    }

    public async Task<Page> SaveAsync(PageRequest request)
    {
        var (token, refusal) = await tokens.FindUsableAsync(request);
        if (token is null)
        {
            return refusal!;
        }

        var form = FormOf(request, token, request.Form["name"].ToString(), [.. request.Form["scopes"].OfType<string>()]);
        form.Expiry.Select(request.Form);
        if (!request.IsGenuine || request.Version is not { } version)
        {
            return Show(form with { Errors = failures.OfStaleForm() }, StatusCodes.Status400BadRequest);
        }

        var (isKept, expiresAt, error) = form.Expiry.Resolve();
        var edit = new PersonalAccessTokenEdit
        {
            Name = form.Name,
            Scopes = form.Scopes,
            ExpiresAt = expiresAt,
            RemoveExpiry = error is null && !isKept && expiresAt is null,
            IfVersion = version,
            HasFaults = error is not null,
        };
        var result = await manager.EditAsync(request.OwnerId, token.Id, edit, request.Aborted);
        return result.Failure switch
        {
            PersonalAccessTokenFailure.None => Page.At(Notice.Saved(request.Paths, token.Id)),
            PersonalAccessTokenFailure.NotFound => tokens.NotFound(),
            PersonalAccessTokenFailure.NotUsable => tokens.NotUsable(result.Token!),
            PersonalAccessTokenFailure.VersionMismatch => ShowChange(form with { Token = result.Token ?? token }),
            _ => Show(form with { Errors = failures.Of(result, request.Times, error) }, Failures.StatusOf(result)),
        };
    }

    private Page Show(EditForm form, int status = StatusCodes.Status200OK) =>
        Page.Of<EditPage>(texts["Edit “{0}”", form.Token.Name], form, status);

    /// <summary>What was typed stays, beside what the token has become; to send it again is to mean it.</summary>
    private Page ShowChange(EditForm form) => Show(
        form with
        {
            Version = form.Token.Version,
            Errors = Failures.OfForm(texts[
                "The token was changed meanwhile, and nothing of yours was saved. It is now called “{0}” and may do: {1}. Send the form again to replace that.",
                form.Token.Name,
                string.Join(", ", scopes.Expand(form.Token.Scopes))]),
        },
        StatusCodes.Status409Conflict);

    private EditForm FormOf(PageRequest request, PersonalAccessToken token, string name, IReadOnlyCollection<string> marked) => new()
    {
        Token = token,
        Version = request.Version ?? token.Version,
        Name = name,
        Scopes = marked,
        Expiry = new ExpiryChoices(request.Times, texts, options.Value, token.SecretCreatedAt, token),
    };
}
