using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pat.Secrets.Capture;

/// <summary>Hears the logs of a host that is about to be built. Apart, for only a process with hosts has these types.</summary>
internal static class CapturedHost
{
    public static void Hear(object? builder, Recording recording)
    {
        switch (builder)
        {
            case IHostApplicationBuilder application:
                Add(application.Logging, recording);
                break;
            case IHostBuilder host:
                host.ConfigureLogging(logging => Add(logging, recording));
                break;
        }
    }

    private static void Add(ILoggingBuilder logging, Recording recording)
    {
        logging.AddProvider(new CapturedLogs(recording));
        logging.AddFilter<CapturedLogs>(category: null, LogLevel.Trace);
    }
}
