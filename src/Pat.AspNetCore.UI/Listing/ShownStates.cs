using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.UI;

/// <summary>Says the state of tokens in words.</summary>
internal sealed class ShownStates(
    PersonalAccessTokenManager manager,
    Texts texts,
    IOptions<PersonalAccessTokenOptions> options,
    IOptions<PersonalAccessTokenUIOptions> uiOptions)
{
    private const string Ended = "ended";
    private const string Soon = "soon";

    public ShownState Of(PersonalAccessToken token, Times times)
    {
        var usedAt = token.LastUsedAt ?? token.CreatedAt;
        var inactiveAt = usedAt + options.Value.InactivityPeriod;
        var removedAt = inactiveAt + options.Value.InactiveRetention;
        return manager.StatusOf(token) switch
        {
            PersonalAccessTokenStatus.Revoked => new(Ended, texts["Revoked"], texts["On {0}", times.Day(token.RevokedAt!.Value)]),
            PersonalAccessTokenStatus.Expired => new(Ended, texts["Expired"]),
            PersonalAccessTokenStatus.Inactive => new(
                Ended, texts["Inactive"], texts["It was not used for {0}. It is removed on {1}.", times.Length(options.Value.InactivityPeriod), times.Day(removedAt)]),
            _ when IsSoon(token.CreatedAt, token.ExpiresAt, times) && token.ExpiresAt <= inactiveAt => new(Soon, texts["Expires soon"], Overlap(token, times)),
            _ when IsSoon(usedAt, inactiveAt, times) => new(
                Soon,
                texts["Inactive soon"],
                texts["Unless it is used, it stops working on {0} and is removed on {1}.", times.Day(inactiveAt), times.Day(removedAt)]),
            _ => new("active", texts["Active"], Overlap(token, times)),
        };
    }

    /// <summary>In its last quarter only, or what is made for a day would end soon from its first hour on.</summary>
    private bool IsSoon(DateTimeOffset start, DateTimeOffset? end, Times times) =>
        end - times.Now is { } left && left <= uiOptions.Value.SoonPeriod && left <= (end - start) / 4;

    private string? Overlap(PersonalAccessToken token, Times times) =>
        token.PreviousSecretExpiresAt is { } end && end > times.Now ? texts["The former value works until {0}.", times.Text(end)] : null;
}
