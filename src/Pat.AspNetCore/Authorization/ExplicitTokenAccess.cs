namespace Pat.AspNetCore;

/// <summary>Registered where the application asks that every endpoint says whether it takes tokens.</summary>
internal sealed class ExplicitTokenAccess;
