using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Pat.AspNetCore;

namespace Pat.Benchmarks;

/// <summary>The product's application, all of it, with the floor's handler in the place of the product's.</summary>
internal sealed class FloorInPlace(string name, FloorAnswer answer, Database database, bool hasCookies = false)
    : PatContender(name, database, hasCookies)
{
    public override void AddServices(IServiceCollection services)
    {
        base.AddServices(services);
        services.AddSingleton(answer);
        services.AddTransient<FloorHandler<PersonalAccessTokenAuthenticationOptions>>();
        services.PostConfigure<AuthenticationOptions>(options =>
            options.SchemeMap[PersonalAccessTokenDefaults.AuthenticationScheme].HandlerType =
                typeof(FloorHandler<PersonalAccessTokenAuthenticationOptions>));
    }

    /// <summary>Values of the product's form, since who hands a request over to the scheme does look at it.</summary>
    public override Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count) =>
        Task.FromResult<IReadOnlyList<string>>([.. Enumerable.Range(0, count).Select(_ =>
            PersonalAccessTokenFormat.Create("pat", Guid.CreateVersion7(TimeProvider.System.GetUtcNow())))]);
}
