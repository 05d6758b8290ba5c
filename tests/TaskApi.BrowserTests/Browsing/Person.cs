namespace TaskApi.BrowserTests;

/// <summary>A user of the application.</summary>
public sealed record Person(string Email)
{
    public const string Password = "Passw0rd!";
}
