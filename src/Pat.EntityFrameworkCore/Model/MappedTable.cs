using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Pat.EntityFrameworkCore;

/// <summary>A table's name and those of its columns in SQL, as the application's model has them, quoted.</summary>
internal sealed class MappedTable
{
    private readonly IEntityType _type;
    private readonly StoreObjectIdentifier _table;
    private readonly ISqlGenerationHelper _sql;

    private MappedTable(DbContext context, Type entity)
    {
        _type = context.Model.FindEntityType(entity)!;
        _table = StoreObjectIdentifier.Create(_type, StoreObjectType.Table)!.Value;
        _sql = context.GetService<ISqlGenerationHelper>();
    }

    /// <summary>The table, with its schema where it has one.</summary>
    public string Name => _sql.DelimitIdentifier(_table.Name, _table.Schema);

    /// <summary>The column of a property.</summary>
    public string this[string property] =>
        _sql.DelimitIdentifier(_type.FindProperty(property)!.GetColumnName(_table)!);

    /// <summary>A parameter that has a property's value as its column keeps it.</summary>
    public DbParameter Parameter(DbCommand command, string name, string property, object? value) =>
        _type.FindProperty(property)!.GetRelationalTypeMapping().CreateParameter(command, name, value, nullable: true);

    public static MappedTable Of<TEntity>(DbContext context) => new(context, typeof(TEntity));
}
