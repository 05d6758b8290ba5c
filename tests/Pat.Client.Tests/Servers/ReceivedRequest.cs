namespace Pat.Client.Tests;

/// <summary>What came over the wire.</summary>
internal sealed record ReceivedRequest(string Method, string Path, string Authorization, string Body);
