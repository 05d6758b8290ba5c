namespace Pat.EntityFrameworkCore;

/// <summary>SQL for Entity Framework Core's raw statements, which take a format string: a table's name may have braces.</summary>
internal static class RawSql
{
    public static string Literal(string sql) =>
        sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
