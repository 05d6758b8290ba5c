namespace Pat.Fuzz;

/// <summary>Queries that list tokens, or nearly, as they stand in a URL after the question mark.</summary>
internal static class QueryInputs
{
    private static readonly string[] Names = ["search", "status", "sort", "page", "pageSize"];
    private static readonly string[] OtherNames = ["PAGE", "Status", "pagesize", "except", "limit", "", "s%65arch", "a", "b", "c"];
    private static readonly string[] Statuses = ["active", "expired", "inactive", "revoked"];
    private static readonly string[] Sorts = ["name", "-name", "createdAt", "-createdAt", "expiresAt", "-expiresAt", "lastUsedAt", "-lastUsedAt"];
    private static readonly string[] Numbers = ["1", "2", "3", "10", "100"];

    private static readonly string[] Searches =
        ["token", "TOKEN", "token+1", "%25", "_", "a%5C", "%E4%B8%AD", "%C3%9C", "%c3%bc", "%F0%9F%98%80", "%27%3B--", "0000000000000000000001"];

    private static readonly string[] OddValues =
    [
        "", "101", "0", "-1", "+1", "%2B1", "01", "1000000", "1000001", "2147483648", "99999999999999999999", "1.0", "%D9%A1",
        "Active", "active%20", "--name", "-", "Name", "%00", "%ff", "%", "%zz", "%ed%a0%80", new('x', 100), new('x', 101),
    ];

    public static string Draw(Random random)
    {
        List<string> parameters = [];
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var name = Pick(random, random.Next(8) == 0 ? OtherNames : Names);
            var value = Pick(random, random.Next(6) == 0 ? OddValues : UsualValues(name));
            parameters.Add(random.Next(16) == 0 ? name : $"{name}={value}");
        }

        for (var more = random.Next(40) == 0 ? 12 : 0; more > 0; more--)
        {
            parameters.Add($"u{more}=1");
        }

        return string.Join('&', random.Next(3) == 0 ? parameters : parameters.DistinctBy(parameter => parameter.Split('=')[0]));
    }

    private static string[] UsualValues(string name) => name switch
    {
        "status" => Statuses,
        "sort" => Sorts,
        "page" or "pageSize" => Numbers,
        _ => Searches,
    };

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];
}
