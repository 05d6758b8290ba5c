using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pat.Benchmarks.Peers;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>The program as a server that one contender authenticates, in a process of its own.</summary>
internal static class ServerProgram
{
    /// <summary>What is before the address in the line that says where it listens.</summary>
    public const string Listening = "listening on ";

    public const string Floor = "floor";

    /// <summary>The floor, which refuses what is marked for it.</summary>
    public const string RefusingFloor = "refusing floor";

    public const string Product = "pat";

    /// <summary>The product, which refuses what is marked without looking.</summary>
    public const string RefusingProduct = "pat, bad ones unseen";

    public const string OpenIddict = "openiddict";

    public const string EachUse = "hand-written A";

    public const string SomeUses = "hand-written B";

    public static readonly string[] All = [Floor, Product, OpenIddict, EachUse, SomeUses];

    /// <summary>Serves until its input ends.</summary>
    public static async Task RunAsync(Arguments arguments)
    {
        var database = new Database("PostgreSQL", arguments.Get("--connection"));
        await using var memory = TestDatabase.SqliteMemory();
        var contender = await CreateAsync(arguments.Get("--contender"), database, Database.Of(memory));
        await using var application = BenchmarkedApplication.Build(contender, host => host.UseUrls("http://127.0.0.1:0"));
        await contender.PrepareAsync(application.Services);
        await application.StartAsync();
        var count = arguments.FindNumber("--tokens") ?? 1;
        await File.WriteAllLinesAsync(arguments.Get("--file"), await contender.IssueAsync(application.Services, count));

        var server = application.Services.GetRequiredService<IServer>();
        Console.WriteLine(Listening + server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await Console.In.ReadToEndAsync();
        await application.StopAsync();
    }

    private static async Task<IContender> CreateAsync(string name, Database database, Database memory) => name switch
    {
        Floor => await CreateFloorAsync(memory),
        RefusingFloor => await CreateFloorAsync(memory, AbuseBenchmark.IsMarked),
        Product => new PatContender(name, database),
        RefusingProduct => new RefusingInPlace(name, database),
        OpenIddict => new OpenIddictContender(database),
        EachUse => new HandWrittenContender(name, database, TimeSpan.Zero),
        SomeUses => new HandWrittenContender(name, database, TimeSpan.FromMinutes(5)),
        _ => throw new ArgumentException($"There is no contender {name}."),
    };

    /// <summary>A floor that answers as the product answers.</summary>
    private static async Task<FloorInPlace> CreateFloorAsync(Database memory, Func<HttpContext, bool>? refuses = null)
    {
        await using var product = await PipelineApplication.StartAsync(new PatContender(Product, memory));
        var answer = await product.SendAsync(FloorAnswer.Of);
        return new FloorInPlace(Floor, refuses is null ? answer : answer.Refusing(refuses), memory);
    }
}
