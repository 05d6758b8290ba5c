using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Pat.AspNetCore;

namespace Pat.Benchmarks;

/// <summary>The product's application, with a handler in front of the product's that refuses what is marked.</summary>
internal sealed class RefusingInPlace(string name, Database database) : PatContender(name, database)
{
    public override void AddServices(IServiceCollection services)
    {
        base.AddServices(services);
        services.AddTransient<RefusingHandler>();
        services.PostConfigure<AuthenticationOptions>(options =>
            options.SchemeMap[PersonalAccessTokenDefaults.AuthenticationScheme].HandlerType = typeof(RefusingHandler));
    }
}
