using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>An application that shows tokens and has none.</summary>
public sealed class MissingServicesTests
{
    [Fact]
    public async Task The_fault_says_what_to_call()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddOpenApi(options => options.AddPersonalAccessTokens());
        await using var app = builder.Build();
        var documents = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => documents.GetOpenApiDocumentAsync());

        Assert.Contains("Call AddPersonalAccessTokens()", fault.Message, StringComparison.Ordinal);
    }
}
