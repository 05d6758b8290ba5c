namespace Pat.TestSupport;

/// <summary>The users of an application, as a test wants them.</summary>
internal sealed class TestOwners : IPersonalAccessTokenOwnerSource
{
    public Dictionary<string, PersonalAccessTokenOwner> Known { get; } = [];

    public bool IsDown { get; set; }

    /// <summary>Owners for whom it throws, in whatever company they are asked for.</summary>
    public HashSet<string> Poisoned { get; } = [];

    /// <summary>How often it was asked.</summary>
    public int Calls { get; private set; }

    /// <summary>What is waited for before an answer is handed on.</summary>
    public Func<Task>? AfterRead { get; set; }

    public void Set(string id, bool isActive = true, string? stamp = null) =>
        Known[id] = new PersonalAccessTokenOwner { Id = id, IsActive = isActive, SecurityStamp = stamp };

    public async Task<IReadOnlyDictionary<string, PersonalAccessTokenOwner>> FindAsync(
        IReadOnlyCollection<string> ownerIds, CancellationToken cancellationToken)
    {
        Calls++;
        if (ownerIds.Any(Poisoned.Contains))
        {
            throw new FormatException("That is no owner's id.");
        }

        if (IsDown)
        {
            throw new TimeoutException("The directory does not answer.");
        }

        var found = Known.Where(owner => ownerIds.Contains(owner.Key)).ToDictionary();
        await (AfterRead?.Invoke() ?? Task.CompletedTask);
        return found;
    }
}
