using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Makes a new token.</summary>
internal sealed class NewTokenPages(
    PersonalAccessTokenManager manager,
    LinkedFields links,
    NewTokenIds ids,
    IssuedTokens issued,
    Failures failures,
    Texts texts,
    IOptions<PersonalAccessTokenOptions> options)
{
    private string Title => texts["New token"];

    /// <summary>The empty form, or one that a link has filled in.</summary>
    public Task<Page> ShowAsync(PageRequest request)
    {
        var asked = LinkedFields.ScopesOf(request.Query);
        var expiry = Choices(request).Select(request.Query["expires"], request.Query["date"]);
        var form = FormOf(request, request.Query["name"].ToString(), asked) with
        {
            Expiry = expiry,
            Notice = links.NoticeOf(request, texts["A link has filled in this form. Check it before you create the token."], asked, expiry),
        };
        return Task.FromResult(Page.Of<NewTokenPage>(Title, form));
    }

    public async Task<Page> CreateAsync(PageRequest request)
    {
        var form = FormOf(request, request.Form["name"].ToString(), [.. request.Form["scopes"].OfType<string>()]) with
        {
            Expiry = Choices(request).Select(request.Form),
        };
        if (!request.IsGenuine || !ids.TryRead(request.Form["id"], request.OwnerId, out var id))
        {
            return Page.Of<NewTokenPage>(Title, form with { Errors = failures.OfStaleForm() }, StatusCodes.Status400BadRequest);
        }

        var (_, expiresAt, error) = form.Expiry.Resolve();
        var result = await manager.CreateAsync(
            new PersonalAccessTokenCreation
            {
                Id = id,
                OwnerId = request.OwnerId,
                Name = form.Name,
                Scopes = form.Scopes,
                ExpiresAt = expiresAt,
                HasFaults = error is not null,
                IfOwnerStamp = request.OwnerStamp,
            },
            request.Aborted);
        if (result.Succeeded)
        {
            return issued.Show(request, result, texts["Your new token"]);
        }

        if (result.Failure == PersonalAccessTokenFailure.Duplicate)
        {
            return await ShowDuplicateAsync(request, id);
        }

        // The form keeps its id: nothing was made of it yet.
        return Page.Of<NewTokenPage>(
            Title, form with { ProtectedId = request.Form["id"].ToString(), Errors = failures.Of(result, request.Times, error) }, Failures.StatusOf(result));
    }

    private ExpiryChoices Choices(PageRequest request) => new(request.Times, texts, options.Value, request.Times.Now);

    private NewTokenForm FormOf(PageRequest request, string name, IReadOnlyCollection<string> marked) => new()
    {
        Name = name,
        Scopes = marked,
        Expiry = Choices(request),
        ProtectedId = ids.Draw(request.OwnerId),
    };

    /// <summary>The same form again: by reloading, by going back, or on another node.</summary>
    private async Task<Page> ShowDuplicateAsync(PageRequest request, Guid id) =>
        await manager.GetAsync(request.OwnerId, id, request.Aborted) is { } token
            ? Page.Of<AlreadyIssuedPage>(texts["This token exists already"], token, StatusCodes.Status409Conflict)
            : Page.At(request.Paths.List);
}
