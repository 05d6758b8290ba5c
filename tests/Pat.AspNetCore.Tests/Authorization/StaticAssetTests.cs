using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Pat.AspNetCore.Tests;

/// <summary>Static assets are endpoints: a fallback policy with a scope holds for them too, unless they are said to be public.</summary>
public sealed class StaticAssetTests : IDisposable
{
    private const string Manifest = """
        {
          "Version": 1,
          "ManifestType": "Build",
          "Endpoints": [
            {
              "Route": "app.css", "AssetFile": "app.css", "Selectors": [], "EndpointProperties": [],
              "ResponseHeaders": [
                { "Name": "Content-Length", "Value": "8" },
                { "Name": "Content-Type", "Value": "text/css" },
                { "Name": "ETag", "Value": "\"1\"" },
                { "Name": "Last-Modified", "Value": "Mon, 23 Nov 2026 20:00:00 GMT" }
              ]
            }
          ]
        }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("pat-assets-");

    [Theory]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task Under_a_fallback_scope_policy_they_are_for_tokens_unless_public(bool isPublic, HttpStatusCode expected)
    {
        var manifest = Path.Combine(_root.FullName, "assets.json");
        await File.WriteAllTextAsync(manifest, Manifest);
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "app.css"), "body { }");
        await using var app = await TestApp.StartAsync(
            services: builder =>
            {
                builder.Environment.WebRootFileProvider = new PhysicalFileProvider(_root.FullName);
                builder.Services.AddAuthorization(options =>
                    options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireScope("read").Build());
            },
            map: app =>
            {
                var assets = app.MapStaticAssets(manifest);
                if (isPublic)
                {
                    assets.Add(endpoint => endpoint.Metadata.Add(new AllowAnonymousAttribute()));
                }
            });

        Assert.Equal(expected, await app.GetAsync("/app.css").StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/app.css", await app.CreateTokenAsync("read")).StatusAsync());
    }

    public void Dispose() => _root.Delete(recursive: true);
}
