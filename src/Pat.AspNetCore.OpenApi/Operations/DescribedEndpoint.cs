using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.OpenApi;

/// <summary>Finds the endpoint that a description is of.</summary>
internal static class DescribedEndpoint
{
    /// <summary>
    /// An action does not know the conventions of <c>MapControllers()</c> and its groups, its endpoint does. A minimal
    /// API's description holds its endpoint's metadata whole, and so does what there is before routes are built.
    /// </summary>
    public static Endpoint Find(ApiDescription description, IServiceProvider services)
    {
        var action = description.ActionDescriptor;
        return services.GetService<EndpointDataSource>()?.Endpoints
                .FirstOrDefault(endpoint => endpoint.Metadata.GetMetadata<ActionDescriptor>()?.Id == action.Id)
            ?? new Endpoint(requestDelegate: null, new EndpointMetadataCollection(action.EndpointMetadata), action.DisplayName);
    }
}
