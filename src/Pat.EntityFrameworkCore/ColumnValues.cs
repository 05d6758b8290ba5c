using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace Pat.EntityFrameworkCore;

/// <summary>What a statement sets in tokens' rows, for those that Entity Framework Core writes and for those written by hand.</summary>
internal sealed class ColumnValues
{
    private readonly List<Action<UpdateSettersBuilder<PersonalAccessToken>>> _setters = [];
    private readonly List<(string Property, object? Value)> _values = [];

    /// <summary>The values, by property.</summary>
    public IReadOnlyList<(string Property, object? Value)> Values => _values;

    public ColumnValues Set<T>(Expression<Func<PersonalAccessToken, T>> property, T value)
    {
        _values.Add((((MemberExpression)property.Body).Member.Name, value));
        _setters.Add(set => set.SetProperty(property, value));
        return this;
    }

    public void Apply(UpdateSettersBuilder<PersonalAccessToken> set) => _setters.ForEach(setter => setter(set));
}
