namespace Pat.Client;

/// <summary>The origin that a token may go to (RFC 6454): scheme, host and port.</summary>
internal static class Destination
{
    /// <summary>Whether nobody on the way can read what is sent there.</summary>
    public static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    public static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme
        && one.Port == other.Port
        && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>For messages: nothing but the origin, since user, path and query can hold secrets.</summary>
    public static string Show(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
