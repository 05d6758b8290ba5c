namespace Pat.AspNetCore.UI;

/// <summary>One way to say when a token expires.</summary>
/// <param name="Value">What the form sends: a number of days, or one of the words of <see cref="ExpiryChoices"/>.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Result">When the token expires then, in words; empty where that is still to be said.</param>
internal sealed record ExpiryChoice(string Value, string Label, string Result);
