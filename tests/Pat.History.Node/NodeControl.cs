using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Pat.History.Node.NodeControl))]

namespace Pat.History.Node;

/// <summary>
/// Does to a node what the checker writes into its control file (sets its clock, lets it die between a commit and its notice),
/// and lets it tell what the checker wants to know.
/// </summary>
public sealed class NodeControl : IHostingStartup
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    public void Configure(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        UnobservedFaults.Report();
        var file = Environment.GetEnvironmentVariable("PAT_HISTORY_CONTROL")
            ?? throw new InvalidOperationException("PAT_HISTORY_CONTROL names no file.");
        var clock = new OffsetClock();
        var death = new DeathAfterCommit();
        PropagationReport.Start();
        builder.ConfigureServices(services => services
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IAuthorizationMiddlewareResultHandler, StateAnswer>());
        _ = ObeyAsync(file, clock, death);
    }

    private static async Task ObeyAsync(string file, OffsetClock clock, DeathAfterCommit death)
    {
        while (true)
        {
            var words = (File.Exists(file) ? File.ReadAllText(file) : "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["clock", var seconds])
            {
                clock.Offset = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
            }

            death.IsArmed = words is ["die"];
            await Task.Delay(BetweenLooks);
        }
    }
}
