using Microsoft.Extensions.Options;

namespace Pat.Core.Tests;

public sealed class PersonalAccessTokenScopesTests
{
    [Fact]
    public void Write_amounts_to_read_and_write_by_default()
    {
        var scopes = With();

        Assert.Equal(["read", "write"], scopes.Names);
        Assert.Equal(["read", "write"], scopes.Expand(["write"]));
        Assert.Equal(["read"], scopes.Expand(["read"]));
    }

    [Fact]
    public void What_an_implied_scope_implies_is_held_too()
    {
        var scopes = With(("a", ["b"]), ("b", ["c", "d"]), ("c", []), ("d", ["e"]), ("e", []), ("f", ["a"]));

        Assert.Equal(["a", "b", "c", "d", "e"], scopes.Expand(["a"]));
        Assert.Equal(["b", "c", "d", "e"], scopes.Expand(["b"]));
        Assert.Equal(["d", "e"], scopes.Expand(["d"]));
    }

    [Fact]
    public void Scopes_that_imply_each_other_amount_to_the_same()
    {
        var scopes = With(("a", ["b"]), ("b", ["c"]), ("c", ["a"]), ("self", ["self"]));

        Assert.Equal(["a", "b", "c"], scopes.Expand(["a"]));
        Assert.Equal(["a", "b", "c"], scopes.Expand(["c"]));
        Assert.Equal(["self"], scopes.Expand(["self"]));
    }

    [Fact]
    public void What_is_held_comes_once_and_in_the_order_of_the_application()
    {
        var scopes = With(("z", []), ("a", ["z"]), ("m", []));

        Assert.Equal(["z", "a", "m"], scopes.Expand(["m", "a", "z", "a", "m"]));
    }

    [Fact]
    public void An_unknown_scope_takes_nothing_from_a_known_one() => Assert.Equal(["read"], With().Expand(["admin", "read"]));

    [Fact]
    public void A_name_is_known_in_its_own_case_alone()
    {
        var scopes = With();

        Assert.True(scopes.Contains("read"));
        Assert.False(scopes.Contains("Read"));
        Assert.False(scopes.Contains(""));
    }

    [Fact]
    public void Scopes_without_any_know_none()
    {
        var options = new PersonalAccessTokenOptions();
        options.Scopes.Clear();

        var scopes = new PersonalAccessTokenScopes(Options.Create(options));

        Assert.Empty(scopes.Names);
        Assert.Empty(scopes.Expand(["read", "write"]));
    }

    private static PersonalAccessTokenScopes With(params (string Name, string[] Implies)[] added)
    {
        var options = new PersonalAccessTokenOptions();
        if (added.Length > 0)
        {
            options.Scopes.Clear();
        }

        foreach (var (name, implies) in added)
        {
            options.AddScope(name, $"May do {name}", implies);
        }

        return new PersonalAccessTokenScopes(Options.Create(options));
    }
}
