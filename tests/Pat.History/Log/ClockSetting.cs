namespace Pat.History;

/// <summary>A node's wall clock was set off by so much.</summary>
public sealed record ClockSetting(int Node, TimeSpan At, TimeSpan Offset);
