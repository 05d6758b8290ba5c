using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TaskApi;

/// <summary>
/// Figures and spans of requests, of tokens and of PostgreSQL, by OpenTelemetry. Off unless <c>OpenTelemetry:Exporter</c> says where
/// they go: <c>console</c>, or <c>otlp</c> for a collector, which OpenTelemetry's own variables lead to (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>).
/// </summary>
internal static class Telemetry
{
    private const string Setting = "OpenTelemetry:Exporter";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[Setting] is not { Length: > 0 } exporter)
        {
            return;
        }

        if (exporter is not ("console" or "otlp"))
        {
            throw new InvalidOperationException($"{Setting} is {exporter}: use console or otlp, or leave it out.");
        }

        var name = builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter("Pat", "Npgsql"))
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddSource("Pat", "Npgsql"));
        if (exporter == "console")
        {
            telemetry.WithMetrics(metrics => metrics.AddConsoleExporter()).WithTracing(tracing => tracing.AddConsoleExporter());
        }
        else
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter()).WithTracing(tracing => tracing.AddOtlpExporter());
        }
    }
}
