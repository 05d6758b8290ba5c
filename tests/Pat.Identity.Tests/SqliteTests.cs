using Microsoft.EntityFrameworkCore;

namespace Pat.Identity.Tests;

public sealed class SqlitePeopleTests : PeopleTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    protected override void UseDatabase(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={_path};Pooling=False");
}

public sealed class SqliteIdentityShapeTests : IdentityShapeTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    protected override void UseDatabase(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={_path};Pooling=False");
}
