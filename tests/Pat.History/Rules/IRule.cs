namespace Pat.History;

/// <summary>One promise, judged by what happened.</summary>
public interface IRule
{
    IEnumerable<Violation> Judge(RunHistory history);
}
