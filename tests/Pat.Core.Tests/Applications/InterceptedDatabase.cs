using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>A database whose statements go by <paramref name="interceptor"/>.</summary>
internal sealed class InterceptedDatabase(TestDatabase database, IInterceptor interceptor) : TestDatabase
{
    public override string Provider => database.Provider;

    public override string ConnectionString => database.ConnectionString;

    public override void Configure(DbContextOptionsBuilder options)
    {
        database.Configure(options);
        options.AddInterceptors(interceptor);
    }

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}
