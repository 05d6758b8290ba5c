namespace Pat.TestSupport;

/// <summary>The clocks that a test moves: a machine that sleeps stops the monotonic one, an operator sets the wall's.</summary>
public enum Clocks
{
    Both,
    Monotonic,
    Wall,
}
