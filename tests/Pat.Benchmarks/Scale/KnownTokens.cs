using Microsoft.Extensions.DependencyInjection;

namespace Pat.Benchmarks;

/// <summary>The product over a table that is filled. All uses count as noted, so that none waits to be written.</summary>
internal sealed class KnownTokens(Database database, bool hasOwners, string[] values)
    : PatContender("pat", database, hasOwners: hasOwners)
{
    public override void AddServices(IServiceCollection services)
    {
        base.AddServices(services);
        services.Configure<PersonalAccessTokenOptions>(options => options.UsageResolution = TimeSpan.FromHours(24));
    }

    public override Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count) =>
        Task.FromResult<IReadOnlyList<string>>([.. values.Take(count)]);
}
