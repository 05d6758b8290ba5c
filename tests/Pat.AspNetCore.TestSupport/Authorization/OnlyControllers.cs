using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.TestSupport;

/// <summary>Makes an application see certain controllers, and not all those of the test project.</summary>
internal sealed class OnlyControllers(Type[] controllers) : IApplicationFeatureProvider<ControllerFeature>
{
    public static Action<WebApplicationBuilder> Add(params Type[] controllers) => builder =>
        builder.Services.AddControllers().ConfigureApplicationPartManager(parts =>
        {
            parts.FeatureProviders.Clear();
            parts.FeatureProviders.Add(new OnlyControllers(controllers));
        });

    public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
    {
        foreach (var controller in controllers)
        {
            feature.Controllers.Add(controller.GetTypeInfo());
        }
    }
}
