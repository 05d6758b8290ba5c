using static Pat.Fuzz.FuzzFailure;

namespace Pat.Fuzz;

/// <summary>Does steps to the manager and to the model, and compares what they answer and what is stored.</summary>
internal sealed class StepRunner(ManagerNode node, ManagerModel model)
{
    private static readonly string[] OwnerIds = ["alice", "bob", "carol"];

    private DateTimeOffset Now => node.Now;

    /// <summary>Does a step. What it returns says what it came to, for the count of what was reached.</summary>
    public async Task<string> RunAsync(Step step)
    {
        var owner = OwnerIds[step.Owner];
        var outcome = step.Kind switch
        {
            StepKind.Create => await CreateAsync(owner, step),
            StepKind.Wait => Wait(step),
            StepKind.ChangeOwner => await ChangeOwnerAsync(owner, step),
            StepKind.Clean => await CleanAsync(),
            StepKind.List => await ListAsync(owner, step),
            StepKind.RevokeAll => await RevokeAllAsync(owner, step),
            _ when model.Tokens.Count == 0 => "no token",
            StepKind.Edit => await EditAsync(owner, Pick(step), step),
            StepKind.Rotate => await RotateAsync(owner, Pick(step), step),
            StepKind.Revoke => await RevokeAsync(owner, Pick(step), step),
            _ => await PresentAsync(Pick(step), step),
        };
        UnlessEqual(
            string.Join('\n', model.Tokens.Select(token => token.ToString()).Order(StringComparer.Ordinal)),
            string.Join('\n', await node.ReadAsync()),
            "The rows");
        return $"{step.Kind} {outcome}";
    }

    private ModelToken Pick(Step step) => model.Tokens[^((step.Token % model.Tokens.Count) + 1)];

    private async Task<string> CreateAsync(string owner, Step step)
    {
        var now = Now;
        var creation = new PersonalAccessTokenCreation
        {
            OwnerId = owner,
            Name = Choices.Name(step.One),
            Scopes = Choices.ScopesOf(step.Other),
            ExpiresAt = Choices.Expiry(step.One + step.Other + step.Token, now),
            Id = step.Token == 7 && model.Tokens.Count > 0 ? model.Tokens[^1].Id : null,
        };
        var expected = model.Create(creation, now);
        var result = await node.Manager.CreateAsync(creation);
        UnlessEqual(expected, Describe(result), "A creation");
        if (result.Succeeded)
        {
            model.Created(creation, result.Token.Id, result.Value!, now);
        }

        return expected;
    }

    private async Task<string> EditAsync(string owner, ModelToken token, Step step)
    {
        var now = Now;
        var isRemoved = step.Other % 6 == 0;
        var edit = new PersonalAccessTokenEdit
        {
            Name = step.One % 3 == 0 ? Choices.Name(step.One / 2 + 1) : null,
            Scopes = step.One % 3 == 1 ? Choices.ScopesOf((step.One + step.Other) % 24) : null,
            ExpiresAt = isRemoved ? null : step.Other % 6 == 1 ? token.ExpiresAt : Choices.Expiry(step.Other, now),
            RemoveExpiry = isRemoved,
            IfVersion = Choices.IfVersion(step.One + step.Other, token.Version),
        };
        var asker = OwnerOf(token, owner, step);
        var expected = ManagerModel.Edit(asker, token, edit, now);
        UnlessEqual(expected, Describe(await node.Manager.EditAsync(asker, token.Id, edit)), "An edit");
        return WithStatus(expected, token, now);
    }

    private async Task<string> RotateAsync(string owner, ModelToken token, Step step)
    {
        var now = Now;
        var rotation = new PersonalAccessTokenRotation
        {
            Overlap = Choices.Overlap(step.One),
            ExpiresAt = step.Other % 2 == 0 ? null : Choices.Expiry(step.Other, now),
            IfVersion = Choices.IfVersion(step.One + step.Other, token.Version),
        };
        var asker = OwnerOf(token, owner, step);
        var expected = model.Rotate(asker, token, rotation, now);
        var result = await node.Manager.RotateAsync(asker, token.Id, rotation);
        UnlessEqual(expected, Describe(result), "A rotation");
        if (result.Succeeded)
        {
            model.Rotated(token, rotation, result.Value!, now);
        }

        return WithStatus(expected, token, now);
    }

    private async Task<string> RevokeAsync(string owner, ModelToken token, Step step)
    {
        var (now, reason, asker) = (Now, Choices.Reason(step.One), OwnerOf(token, owner, step));
        var isDone = step.Other % 3 == 0
            ? await node.Manager.RevokeAsync(token.Id, reason)
            : await node.Manager.RevokeAsync(asker, token.Id, reason);
        UnlessEqual(step.Other % 3 == 0 || asker == token.Owner, isDone, "Whether there was a token to revoke");
        if (!isDone)
        {
            return "NotFound";
        }

        if (token.RevokedAt is not null)
        {
            return "again";
        }

        token.Revoke(now, reason);
        return "None";
    }

    private async Task<string> RevokeAllAsync(string owner, Step step)
    {
        var now = Now;
        var except = step.One % 2 == 0 && model.Tokens.Count > 0 ? Pick(step).Id : (Guid?)null;
        var count = await node.Manager.RevokeAllAsync(owner, except, Choices.Reason(step.Other));
        UnlessEqual(model.RevokeAll(owner, except, Choices.Reason(step.Other), now), count, "How many were revoked");
        return count == 0 ? "none" : "some";
    }

    private async Task<string> PresentAsync(ModelToken token, Step step)
    {
        var now = Now;
        var value = (step.One % 6) switch
        {
            0 or 1 when token.Values.Count > 1 => token.Values[^2],
            2 when token.Values.Count > 2 => token.Values[^3],
            3 when step.Other % 4 == 0 => PersonalAccessTokenFormat.Create("pat", token.Id),
            _ => token.Values[^1],
        };
        var expected = model.Present(token, value, now);
        UnlessEqual(expected, await node.PresentAsync(value), "A presentation");
        if (expected != PersonalAccessTokenRefusal.None)
        {
            return expected.ToString();
        }

        ManagerModel.Use(token, now);
        return value == token.Values[^1] ? "None" : "None, the previous secret";
    }

    private string Wait(Step step)
    {
        node.Time.Advance(Choices.Wait(step.One));
        return "None";
    }

    private async Task<string> ChangeOwnerAsync(string id, Step step)
    {
        var owner = model.Owners[id];
        var what = (step.One % 4) switch
        {
            0 => "stamp",
            1 => "locked",
            2 when step.Other % 3 == 0 => "deleted",
            _ => "restored",
        };
        switch (what)
        {
            case "stamp":
                owner.ChangeStamp();
                break;

            case "locked":
                owner.IsLocked = true;
                break;

            case "deleted":
                owner.Exists = false;
                break;

            default:
                (owner.IsLocked, owner.Exists) = (false, true);
                break;
        }

        await node.Manager.NotifyOwnerChangedAsync(id);
        return what;
    }

    private async Task<string> CleanAsync()
    {
        var gone = model.Tokens.Where(token => token.IsRemovableAt(Now)).ToList();
        UnlessEqual(model.Clean(Now), await node.CleanAsync(), "How many were removed");
        foreach (var token in gone)
        {
            // What was revoked may be remembered as that.
            Unless(
                await node.PresentAsync(token.Values[^1]) is PersonalAccessTokenRefusal.UnknownId or PersonalAccessTokenRefusal.Revoked,
                "A token that is gone is not unknown.");
        }

        return gone.Count == 0 ? "none" : "some";
    }

    private async Task<string> ListAsync(string owner, Step step)
    {
        var status = step.One % 2 == 0 ? (PersonalAccessTokenStatus?)null : Enum.GetValues<PersonalAccessTokenStatus>()[step.Other % 4];
        var page = await node.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = owner, Status = status, PageSize = 100 });
        var expected = model.Tokens
            .Where(token => token.Owner == owner && (status is null || token.StatusAt(Now) == status))
            .OrderByDescending(token => token.CreatedAt).ThenBy(token => PersonalAccessTokenFormat.FormatId(token.Id), StringComparer.Ordinal)
            .ToList();
        UnlessEqual(expected.Count, page.Total, "How many there are");
        UnlessEqual(
            string.Join('\n', expected.Take(100)), string.Join('\n', page.Items.Select(ModelToken.Describe)), "The list");
        return status?.ToString() ?? "all";
    }

    /// <summary>Mostly the token's owner, now and then somebody else.</summary>
    private static string OwnerOf(ModelToken token, string other, Step step) => (step.One + step.Token) % 8 == 0 ? other : token.Owner;

    private static string WithStatus(string outcome, ModelToken token, DateTimeOffset now) =>
        outcome == "NotUsable" ? $"{outcome}: {token.StatusAt(now)}" : outcome;

    private static string Describe(PersonalAccessTokenResult result) => result.Failure == PersonalAccessTokenFailure.Invalid
        ? $"Invalid: {string.Join(' ', result.Errors.Keys.Order(StringComparer.Ordinal).Select(key => key.Length == 0 ? "tokens" : key))}"
        : result.Failure.ToString();
}
