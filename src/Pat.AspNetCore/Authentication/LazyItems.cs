using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Pat.AspNetCore;

/// <summary>
/// A dictionary with at most one entry to begin with, which becomes a real one when more is asked of it: every request gets
/// two, and hardly any looks further than for when its token expires.
/// </summary>
/// <param name="key">The entry's key, or null where it begins empty.</param>
/// <param name="value">The entry's value.</param>
internal sealed class LazyItems<TValue>(string? key, TValue value) : IDictionary<string, TValue>
{
    private Dictionary<string, TValue>? _items;

    public int Count => _items?.Count ?? (key is null ? 0 : 1);

    public bool IsReadOnly => false;

    public ICollection<string> Keys => Items.Keys;

    public ICollection<TValue> Values => Items.Values;

    private Dictionary<string, TValue> Items
    {
        get
        {
            if (_items is null)
            {
                var items = new Dictionary<string, TValue>(StringComparer.Ordinal);
                if (key is not null)
                {
                    items.Add(key, value);
                }

                _items = items;
            }

            return _items;
        }
    }

    public TValue this[string name]
    {
        get => TryGetValue(name, out var found) ? found : Items[name];
        set => Items[name] = value;
    }

    public bool TryGetValue(string name, [MaybeNullWhen(false)] out TValue found)
    {
        if (_items is not null)
        {
            return _items.TryGetValue(name, out found);
        }

        var isThere = key is not null && name == key;
        found = isThere ? value : default;
        return isThere;
    }

    public bool ContainsKey(string name) => TryGetValue(name, out _);

    public void Add(string name, TValue added) => Items.Add(name, added);

    public bool Remove(string name) => ContainsKey(name) && Items.Remove(name);

    public void Clear() => Items.Clear();

    void ICollection<KeyValuePair<string, TValue>>.Add(KeyValuePair<string, TValue> item) => Items.Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, TValue>>.Contains(KeyValuePair<string, TValue> item) => Items.Contains(item);

    void ICollection<KeyValuePair<string, TValue>>.CopyTo(KeyValuePair<string, TValue>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, TValue>>)Items).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, TValue>>.Remove(KeyValuePair<string, TValue> item) =>
        ((ICollection<KeyValuePair<string, TValue>>)Items).Remove(item);

    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
