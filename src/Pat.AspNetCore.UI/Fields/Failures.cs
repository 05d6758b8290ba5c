using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.UI;

/// <summary>Says what became of a request that the manager did not carry out.</summary>
internal sealed class Failures(Texts texts)
{
    /// <summary>What is wrong, by field, in the language of the request.</summary>
    /// <param name="result">What the manager says.</param>
    /// <param name="times">How to say times.</param>
    /// <param name="expiryError">What the page itself found wrong with the expiry, and says in the manager's place.</param>
    public Dictionary<string, string[]> Of(PersonalAccessTokenResult result, Times times, string? expiryError)
    {
        var errors = result.Failure switch
        {
            PersonalAccessTokenFailure.Invalid => result.Messages.ToDictionary(
                static field => field.Key, field => field.Value.Select(message => texts.Of(message, times)).ToArray(), StringComparer.Ordinal),
            PersonalAccessTokenFailure.TooManySecrets => OfForm(texts["You have made as many tokens as one may in a day. Try again tomorrow."]),
            PersonalAccessTokenFailure.OwnerDisabled => OfForm(texts["Your account is not allowed to have tokens."]),
            PersonalAccessTokenFailure.OwnerChanged => OfForm(
                texts["Your password or the state of your account has changed since you signed in. Nothing was changed here. Sign in again to go on."]),
            _ => throw new InvalidOperationException($"The page has no words for {result.Failure}."),
        };
        if (expiryError is not null)
        {
            errors["expiresAt"] = [expiryError];
        }

        return errors;
    }

    /// <summary>The status of the page that says so.</summary>
    public static int StatusOf(PersonalAccessTokenResult result) => result.Failure switch
    {
        PersonalAccessTokenFailure.TooManySecrets => StatusCodes.Status429TooManyRequests,
        PersonalAccessTokenFailure.OwnerDisabled => StatusCodes.Status403Forbidden,
        PersonalAccessTokenFailure.OwnerChanged => StatusCodes.Status401Unauthorized,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>An error of the form as a whole.</summary>
    public static Dictionary<string, string[]> OfForm(string message) => new(StringComparer.Ordinal) { [""] = [message] };

    /// <summary>That a form is none that this session was shown.</summary>
    public Dictionary<string, string[]> OfStaleForm() =>
        OfForm(texts["This form is too old, or was opened before you signed in. Nothing was changed. Check it and send it again."]);
}
