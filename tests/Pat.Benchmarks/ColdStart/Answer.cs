using System.Net;

namespace Pat.Benchmarks;

/// <summary>One answer to one of the callers.</summary>
/// <param name="Caller">Whose token it was.</param>
/// <param name="Due">When it was to be asked, from the restart on.</param>
/// <param name="Received">When it came.</param>
/// <param name="Status">Its status.</param>
internal readonly record struct Answer(int Caller, TimeSpan Due, TimeSpan Received, HttpStatusCode Status)
{
    public bool IsAccepted => Status == HttpStatusCode.OK;
}
