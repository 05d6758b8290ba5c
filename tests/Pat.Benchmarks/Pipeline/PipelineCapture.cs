using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Pat.Benchmarks;

/// <summary>Takes hold of all of an application's middleware at once, as the host builds it.</summary>
internal sealed class PipelineCapture : IStartupFilter
{
    private RequestDelegate? _pipeline;

    public RequestDelegate Pipeline => _pipeline ?? throw new InvalidOperationException("The application has not started.");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.Use(pipeline => _pipeline = pipeline);
        next(application);
    };
}
