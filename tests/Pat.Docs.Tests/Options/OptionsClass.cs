using System.Reflection;

namespace Pat.Docs.Tests;

/// <summary>A public class of options, and its section of docs/options.md.</summary>
internal sealed class OptionsClass
{
    public const string Page = "docs/options.md";

    private static readonly string[] Headings = [.. File.ReadLines(Repository.PathOf(Page)).Where(static line => line.StartsWith('#'))];

    private readonly Type _type;

    private OptionsClass(Type type)
    {
        // What the user's type is changes no default.
        _type = type.IsGenericTypeDefinition ? type.MakeGenericType(typeof(object)) : type;
        Name = type.IsGenericTypeDefinition
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(argument => argument.Name))}>"
            : type.Name;
    }

    public static IReadOnlyList<OptionsClass> All { get; } =
        [.. Packages.All.SelectMany(static package => package.GetExportedTypes())
            .Where(static type => type.IsClass && type.GetConstructor([]) is not null && type.Name.Split('`')[0].EndsWith("Options", StringComparison.Ordinal))
            .Select(static type => new OptionsClass(type))];

    public string Name { get; }

    /// <summary>The options that the class adds to those it inherits.</summary>
    public IEnumerable<string> Declared => _type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Select(static property => property.Name);

    public Type Type => _type;

    /// <summary>The documented options with their defaults.</summary>
    public IReadOnlyDictionary<string, string> Documented => Rows.ToDictionary(NameIn, static row => row[1]);

    /// <summary>The documented options with their ranges.</summary>
    public IReadOnlyDictionary<string, string> Ranges => Rows.ToDictionary(NameIn, static row => row[2]);

    private IEnumerable<string[]> Rows => Document.RowsBelow(
        Page, Headings.SingleOrDefault(heading => heading.Contains($"`{Name}`", StringComparison.Ordinal)) ?? $"heading with `{Name}`");

    /// <summary>The option that a row of a table is about, by its own name: <c>Hashing.Iterations</c> is <c>Iterations</c>.</summary>
    public static string NameIn(string[] row) => Document.CodeOf(row[0]).Split('.')[^1];

    public bool Has(string option) => Property(option) is not null;

    public Type TypeOf(string option) => Property(option)!.PropertyType;

    public bool CanBeNull(string option) => new NullabilityInfoContext().Create(Property(option)!).ReadState == NullabilityState.Nullable;

    /// <summary>The range of an option in a cell of any table, or null where that has none.</summary>
    public DocumentedRange? RangeIn(string cell, string option) => DocumentedRange.Read(cell, TypeOf(option), DefaultOf);

    public object? DefaultOf(string option) => Property(option)!.GetValue(Activator.CreateInstance(_type));

    public PropertyInfo? Property(string option) =>
        _type.GetProperty(option, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly) ?? _type.GetProperty(option);
}
