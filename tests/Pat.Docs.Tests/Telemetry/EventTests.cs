using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Pat.Docs.Tests;

/// <summary>The events of docs/telemetry.md are those that the product logs.</summary>
public sealed class EventTests
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly (MethodInfo Method, LoggerMessageAttribute Message)[] Logged =
        [.. Packages.All.SelectMany(static package => package.GetTypes())
            .SelectMany(static type => type.GetMethods(Any))
            .Select(static method => (method, method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(static pair => pair.Item2 is not null)];

    [Fact]
    public void The_events_documented_are_those_logged()
    {
        var documented = Document.RowsBelow("docs/telemetry.md", "## Events").Select(static row => $"{row[0]} {row[1]} {row[2]}");
        var logged = Logged.Select(static pair => $"{pair.Message.EventId} {pair.Message.EventName ?? pair.Method.Name} {pair.Message.Level}");

        Assert.Equal(logged.Order(), documented.Order());
    }

    [Fact]
    public void An_id_is_given_once() => Assert.Empty(
        Logged.GroupBy(static pair => pair.Message.EventId).Where(static events => events.Count() > 1).Select(static events => events.Key));

    [Fact]
    public void Each_event_says_what_it_means_and_what_to_do() => Assert.All(
        Document.RowsBelow("docs/telemetry.md", "## Events"),
        static row =>
        {
            Assert.Equal(5, row.Length);
            Assert.All(row, Assert.NotEmpty);
        });

    [Theory]
    [InlineData(100, "Pat.AspNetCore")]
    [InlineData(200, "Pat.Core")]
    [InlineData(300, "Pat.Core")]
    [InlineData(400, "Pat.Core")]
    [InlineData(500, "Pat.AspNetCore", "Pat.AspNetCore.UI", "Pat.AspNetCore.OpenApi")]
    public void An_id_is_of_the_range_of_its_package(int first, params string[] packages)
    {
        var inRange = Logged.Where(pair => pair.Message.EventId / 100 * 100 == first).ToList();

        Assert.NotEmpty(inRange);
        Assert.All(inRange, pair => Assert.Contains(pair.Method.Module.Assembly.GetName().Name, packages));
        Assert.InRange(Logged.Max(static pair => pair.Message.EventId), 500, 599);
        Assert.InRange(Logged.Min(static pair => pair.Message.EventId), 100, 199);
    }
}
