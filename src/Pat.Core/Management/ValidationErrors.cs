namespace Pat;

/// <summary>Collects what is wrong with a request, by field, so that all of it is told at once.</summary>
internal sealed class ValidationErrors
{
    private readonly Dictionary<string, List<string>> _byField = new(StringComparer.Ordinal);

    public bool Any => _byField.Count > 0;

    public void Add(string field, string message)
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
