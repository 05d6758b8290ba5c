using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>Controllers' operations.</summary>
public sealed class ControllerTests
{
    [Fact]
    public async Task Attributes_of_controllers_and_actions_add_up()
    {
        var document = await DocumentApp.DescribeAsync(
            app => app.MapControllers(), tokens: AddTasks, services: AddControllers);

        Assert.Equal("PersonalAccessToken[read]", document.Security("/mvc"));
        Assert.Equal("PersonalAccessToken[read,tasks]", document.Security("/mvc", "post"));
        Assert.Equal("", document.Security("/mvc", "delete"));
        Assert.Equal("", document.Security("/open"));
    }

    [Fact]
    public async Task What_all_controllers_state_counts()
    {
        var document = await DocumentApp.DescribeAsync(
            app => app.MapControllers().RequireScope("tasks"), tokens: AddTasks, services: AddControllers);

        Assert.Equal("PersonalAccessToken[tasks]", document.Security("/open"));
        Assert.Equal("PersonalAccessToken[read,tasks]", document.Security("/mvc"));
        Assert.Equal("", document.Security("/mvc", "delete"));
    }

    [Fact]
    public async Task A_scope_by_method_is_the_operations_own()
    {
        var document = await DocumentApp.DescribeAsync(
            app => app.MapControllers().RequireScopeByMethod(), tokens: AddTasks, services: AddControllers);

        Assert.Equal("PersonalAccessToken[read]", document.Security("/open"));
        Assert.Equal("PersonalAccessToken[write]", document.Security("/open", "put"));
    }

    [Fact]
    public async Task Without_a_host_that_started_their_attributes_count()
    {
        await using var app = DocumentApp.Build(tokens: AddTasks, services: AddControllers);

        var document = await app.GenerateDocumentAsync();

        var requirement = Assert.Single(document.Paths["/mvc"].Operations![HttpMethod.Get].Security!);
        var (scheme, scopes) = Assert.Single(requirement);
        Assert.Equal(PersonalAccessTokenDefaults.AuthenticationScheme, scheme.Reference.Id);
        Assert.Equal(["read"], scopes);
    }

    private static void AddTasks(PersonalAccessTokenOptions options) => options.AddScope("tasks", "Tasks");

    private static void AddControllers(IServiceCollection services) =>
        services.AddControllers().ConfigureApplicationPartManager(parts =>
        {
            parts.FeatureProviders.Clear();
            parts.FeatureProviders.Add(new OwnControllers());
        });

    private sealed class OwnControllers : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
        {
            feature.Controllers.Add(typeof(ScopedController).GetTypeInfo());
            feature.Controllers.Add(typeof(OpenController).GetTypeInfo());
        }
    }

    [ApiController]
    [Route("mvc")]
    [RequireScope("read")]
    private sealed class ScopedController : ControllerBase
    {
        [HttpGet]
        public OkResult Get() => Ok();

        [HttpPost]
        [RequireScope("tasks")]
        public OkResult Post() => Ok();

        [HttpDelete]
        [Microsoft.AspNetCore.Authorization.AllowAnonymous]
        public OkResult Delete() => Ok();
    }

    [ApiController]
    [Route("open")]
    private sealed class OpenController : ControllerBase
    {
        [HttpGet]
        public OkResult Get() => Ok();

        [HttpPut]
        public OkResult Put() => Ok();
    }
}
