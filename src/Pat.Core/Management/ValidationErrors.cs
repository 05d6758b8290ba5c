namespace Pat;

/// <summary>Collects what is wrong with a request, by field, so that all of it is told at once.</summary>
internal sealed class ValidationErrors
{
    private readonly Dictionary<string, List<FormattableString>> _byField = new(StringComparer.Ordinal);

    public bool Any => _byField.Count > 0;

    /// <param name="field">What it is about.</param>
    /// <param name="message">Whole sentences, so that they can be said in another language with the same parts in them.</param>
    public void Add(string field, FormattableString message)
    {
        if (!_byField.TryGetValue(field, out var messages))
        {
            _byField.Add(field, messages = []);
        }

        messages.Add(message);
    }

    public PersonalAccessTokenResult ToResult() => PersonalAccessTokenResult.Invalid(
        _byField.ToDictionary(field => field.Key, field => field.Value.ToArray(), StringComparer.Ordinal));
}
