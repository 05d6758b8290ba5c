namespace Pat.TestSupport;

/// <summary>Something of the application's own.</summary>
public sealed class Note
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}
