namespace Pat.EntityFrameworkCore;

/// <summary>Where the tables of personal access tokens stand in the application's database.</summary>
public sealed class PersonalAccessTokenTableOptions
{
    /// <summary>The schema of both tables, or null for the model's default one. Ignored by databases without schemas. Default: null.</summary>
    public string? Schema { get; set; }

    /// <summary>The table of tokens. Default: <c>PersonalAccessTokens</c>.</summary>
    public string TableName { get; set; } = "PersonalAccessTokens";

    /// <summary>The table that counts what owners make. Default: <c>PersonalAccessTokenOwnerQuotas</c>.</summary>
    public string OwnerQuotaTableName { get; set; } = "PersonalAccessTokenOwnerQuotas";
}
