namespace Pat.TestSupport;

/// <summary>Something of the application's own.</summary>
public class Note
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}
