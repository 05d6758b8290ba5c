using System.Xml.Linq;
using Pat.TestSupport;

namespace Pat.Testing.Tests;

/// <summary>What ships never has tokens for tests with it.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] Shipped = ["src", "samples"];

    [Fact]
    public void No_project_of_the_application_refers_to_it()
    {
        var projects = Shipped
            .SelectMany(directory => Directory.GetFiles(Repository.PathOf(directory), "*.csproj", SearchOption.AllDirectories))
            .ToList();

        Assert.Contains(projects, project => project.EndsWith("Pat.AspNetCore.csproj", StringComparison.Ordinal));
        Assert.All(projects, project => Assert.DoesNotContain(
            XDocument.Load(project).Descendants().Attributes("Include"),
            include => include.Value.EndsWith("Pat.Testing.csproj", StringComparison.Ordinal) || include.Value == "Pat.Testing"));
    }
}
