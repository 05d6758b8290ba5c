namespace Pat.AspNetCore;

/// <summary>Marks the endpoints that <see cref="PersonalAccessTokenManagementOptions.RequireRecentSignIn"/> is about.</summary>
internal sealed class RecentSignInMetadata;
