namespace Pat;

/// <summary>
/// Reads the owners of many tokens. One for whom the source throws must not take the others along, or that owner could keep
/// everybody out whose tokens are looked up together with theirs: what fails is asked again in halves, down to who fails alone.
/// </summary>
internal sealed class OwnerReading(IPersonalAccessTokenOwnerSource source, CancellationToken limit)
{
    /// <summary>
    /// So many failures in a row, with no answer in between, are an outage of the source, which is not asked further: it
    /// takes ten to come down to one among a thousand.
    /// </summary>
    private const int MaxFailures = 32;

    private readonly Dictionary<string, PersonalAccessTokenOwner> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    private int _failures;

    /// <summary>Why those who could not be read could not, or null.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>How many could not be read.</summary>
    public int Unread => _unread.Count;

    /// <summary>The owner, or null: gone, or <see cref="IsUnread"/>.</summary>
    public PersonalAccessTokenOwner? Find(string id) => _found.GetValueOrDefault(id);

    public bool IsUnread(string id) => _unread.Contains(id);

    public async Task ReadAsync(string[] ids)
    {
        try
        {
            limit.ThrowIfCancellationRequested();
            var answer = await source.FindAsync(ids, limit).InTimeAsync(limit).ConfigureAwait(false);
            _failures = 0;
            foreach (var id in ids)
            {
                // As the source compares them.
                if (answer.TryGetValue(id, out var owner))
                {
                    _found[id] = owner;
                }
            }
        }
        catch (Exception exception)
        {
            Fault = exception;
            _failures++;
            if (ids.Length == 1 || limit.IsCancellationRequested || _failures >= MaxFailures)
            {
                _unread.UnionWith(ids);
                return;
            }

            await ReadAsync(ids[..(ids.Length / 2)]).ConfigureAwait(false);
            await ReadAsync(ids[(ids.Length / 2)..]).ConfigureAwait(false);
        }
    }
}
