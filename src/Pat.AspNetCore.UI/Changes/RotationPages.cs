using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Gives a token a new value.</summary>
internal sealed class RotationPages(
    PersonalAccessTokenManager manager,
    OwnedTokens tokens,
    LinkedFields links,
    IssuedTokens issued,
    Failures failures,
    Texts texts,
    IOptions<PersonalAccessTokenOptions> options)
{
    private static readonly TimeSpan[] Overlaps = [TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(24), TimeSpan.FromDays(7)];

    public async Task<Page> ShowAsync(PageRequest request)
    {
        var (token, refusal) = await tokens.FindUsableAsync(request);
        if (token is null)
        {
            return refusal!;
        }

        var form = FormOf(request, token, request.Query["overlap"]);
        form.Expiry.Select(request.Query["expires"], request.Query["date"]);
        var notice = links.NoticeOf(request, texts["A link has filled in this form. Check it before you send it."], [], form.Expiry);
        return Show(form with { Notice = notice });
    }

    public async Task<Page> RotateAsync(PageRequest request)
    {
        var (token, refusal) = await tokens.FindUsableAsync(request);
        if (token is null)
        {
            return refusal!;
        }

        var form = FormOf(request, token, request.Form["overlap"]);
        form.Expiry.Select(request.Form);
        if (!request.IsGenuine || request.Version is not { } version)
        {
            return Show(form with { Errors = failures.OfStaleForm() }, StatusCodes.Status400BadRequest);
        }

        var (isKept, expiresAt, error) = form.Expiry.Resolve();
        var rotation = new PersonalAccessTokenRotation
        {
            Overlap = TimeSpan.FromSeconds(form.Overlap),
            ExpiresAt = expiresAt,
            IfVersion = version,
            HasFaults = error is not null,
            IfOwnerStamp = request.OwnerStamp,
        };
        var result = await manager.RotateAsync(request.OwnerId, token.Id, rotation, request.Aborted);
        return result.Failure switch
        {
            PersonalAccessTokenFailure.None => issued.Show(request, result, texts["The new value of “{0}”", token.Name]),
            PersonalAccessTokenFailure.NotFound => tokens.NotFound(),
            PersonalAccessTokenFailure.NotUsable => tokens.NotUsable(result.Token!),
            PersonalAccessTokenFailure.VersionMismatch => Page.Of<AlreadyIssuedPage>(
                texts["“{0}” was changed meanwhile", token.Name], result.Token ?? token, StatusCodes.Status409Conflict),
            _ => Show(form with { Errors = failures.Of(result, request.Times, error) }, Failures.StatusOf(result)),
        };
    }

    private Page Show(RotationForm form, int status = StatusCodes.Status200OK) =>
        Page.Of<RotationPage>(texts["Rotate “{0}”", form.Token.Name], form, status);

    private RotationForm FormOf(PageRequest request, PersonalAccessToken token, string? overlap) => new()
    {
        Token = token,
        Version = request.Version ?? token.Version,
        Overlap = int.TryParse(overlap, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0,
        Expiry = new ExpiryChoices(request.Times, texts, options.Value, request.Times.Now, token, canBeNever: false),
        Overlaps = [.. Overlaps
            .Where(overlap => overlap <= options.Value.MaxRotationOverlap)
            .Select(overlap => KeyValuePair.Create(
                (int)overlap.TotalSeconds,
                overlap == TimeSpan.Zero ? texts["Stop at once"] : texts["Work for {0} more", request.Times.Length(overlap)]))],
    };
}
