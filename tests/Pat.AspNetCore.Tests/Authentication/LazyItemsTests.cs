namespace Pat.AspNetCore.Tests;

public sealed class LazyItemsTests
{
    private static readonly string[] Names = [".expires", ".Expires", "a", "b", ""];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_is_done_to_it_in_whatever_order_it_answers_as_a_dictionary_does(bool hasEntry)
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var lazy = new LazyItems<string?>(hasEntry ? ".expires" : null, hasEntry ? "today" : null);
            var ordinary = new Dictionary<string, string?>(StringComparer.Ordinal);
            if (hasEntry)
            {
                ordinary.Add(".expires", "today");
            }

            for (var step = 0; step < 10; step++)
            {
                var act = Act(random);
                Assert.Equal(Answer(act, ordinary), Answer(act, lazy));
            }

            Assert.Equal(ordinary.AsEnumerable(), lazy.AsEnumerable());
        }
    }

    [Fact]
    public void What_is_done_to_one_no_other_one_sees()
    {
        var first = new LazyItems<string?>(".expires", "today");
        var second = new LazyItems<string?>(".expires", "today");

        first[".expires"] = "tomorrow";
        first.Add("a", "1");

        Assert.Equal((1, "today"), (second.Count, second[".expires"]));
    }

    /// <summary>One thing to do to a dictionary, the same for each that it is done to.</summary>
    private static Func<IDictionary<string, string?>, object?> Act(Random random)
    {
        var name = Names[random.Next(Names.Length)];
        var value = random.Next(3) == 0 ? null : "today";
        var pair = KeyValuePair.Create(name, value);
        var isRare = random.Next(4) == 0;
        return random.Next(14) switch
        {
            0 => items => items[name],
            1 => items => (items.TryGetValue(name, out var found), found),
            2 => items => items.ContainsKey(name),
            3 => items => items.Count,
            4 => items => items[name] = value,
            5 => items => Count(items, () => items.Add(name, value)),
            6 => items => items.Remove(name),
            7 => items => items.Contains(pair),
            8 => items => items.Remove(pair),
            9 => items => Count(items, () => items.Add(pair)),
            10 => items => string.Join(',', items.Keys) + string.Join(',', items.Values),
            11 => items => Copy(items),
            12 => items => isRare ? Count(items, items.Clear) : items.IsReadOnly,
            _ => items => string.Join(',', items),
        };
    }

    private static object? Answer(Func<IDictionary<string, string?>, object?> act, IDictionary<string, string?> items)
    {
        try
        {
            return act(items);
        }
        catch (Exception exception) when (exception is ArgumentException or KeyNotFoundException)
        {
            return exception.GetType();
        }
    }

    private static int Count(IDictionary<string, string?> items, Action change)
    {
        change();
        return items.Count;
    }

    private static string Copy(IDictionary<string, string?> items)
    {
        var copied = new KeyValuePair<string, string?>[items.Count + 1];
        items.CopyTo(copied, 1);
        return string.Join(',', copied);
    }
}
