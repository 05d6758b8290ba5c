using System.Data.Common;

namespace Pat;

/// <summary>Tells an outage of the store from a fault of ours. Providers wrap the database's own exception.</summary>
internal static class StoreOutage
{
    public static bool IsBehind(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException or TimeoutException or PersonalAccessTokenUnavailableException)
            {
                return true;
            }
        }

        return false;
    }
}
