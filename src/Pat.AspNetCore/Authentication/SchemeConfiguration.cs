using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>Reads options from <c>Authentication:Schemes:{name}</c>, as the framework's own schemes do. What tokens are is read from the first scheme's section.</summary>
internal sealed class SchemeConfiguration(TokenSchemeNames names, IServiceProvider services) :
    IConfigureOptions<PersonalAccessTokenOptions>, IConfigureNamedOptions<PersonalAccessTokenAuthenticationOptions>
{
    public void Configure(PersonalAccessTokenOptions options) => Bind(names.Primary, options);

    public void Configure(PersonalAccessTokenAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, PersonalAccessTokenAuthenticationOptions options)
    {
        if (names.Contains(name))
        {
            Bind(name!, options);
        }
    }

    /// <summary>The faults of all sections come before the binder's, which tells the first one of one section, and the value with it.</summary>
    private void Bind(string scheme, object options)
    {
        if (Find(scheme) is not { } section)
        {
            return;
        }

        var faults = FindFaults().ToList();
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, options.GetType(), faults);
        }

        section.Bind(options);
    }

    /// <summary>What stands in the sections and is no setting, each with its cure: a misspelt restriction must not pass for none.</summary>
    private IEnumerable<string> FindFaults() => names.All.SelectMany(scheme => Find(scheme) is not { } section ? []
        : FindFaults(section, "", scheme == names.Primary
            ? [typeof(PersonalAccessTokenAuthenticationOptions), typeof(PersonalAccessTokenOptions)]
            : [typeof(PersonalAccessTokenAuthenticationOptions)]));

    /// <param name="section">Where they stand.</param>
    /// <param name="parent">What stands before their names in code: nothing, or <c>Hashing.</c></param>
    /// <param name="types">The classes that have them.</param>
    private static IEnumerable<string> FindFaults(IConfiguration section, string parent, params Type[] types)
    {
        var settings = types.SelectMany(type => type.GetProperties()).ToLookup(
            property => property.Name, StringComparer.OrdinalIgnoreCase);
        var known = string.Join(", ", settings.Select(setting => setting.Key).Order(StringComparer.Ordinal));
        foreach (var child in section.GetChildren())
        {
            var faults = settings[child.Key].FirstOrDefault() is { } setting
                ? FindFaultsOf(setting.PropertyType, child, parent + setting.Name)
                : [$"{child.Path} in the configuration is no setting of personal access tokens. Correct its name, or remove it. There are {known}."];
            foreach (var fault in faults)
            {
                yield return fault;
            }
        }
    }

    /// <summary>
    /// What can't be bound, which the binder leaves out without a word, or tells with the value: a single value for several,
    /// several for one, none at all, and one that can't be read. It never says what the value is, for that may be a secret.
    /// </summary>
    private static IEnumerable<string> FindFaultsOf(Type type, IConfigurationSection section, string setting)
    {
        var isValue = section.Value is { Length: > 0 };
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>))
        {
            var item = type.GetGenericArguments()[0];
            return isValue
                ? [$"{section.Path} in the configuration is a single value, and takes a list. Write {section.Path}:0 and so on."]
                : section.GetChildren().SelectMany(child => FindFaultsOf(item, child, setting));
        }

        if (type.IsClass && type.Namespace == typeof(PersonalAccessTokenOptions).Namespace)
        {
            return isValue
                ? [$"{section.Path} in the configuration is a single value, and takes several: {string.Join(", ", type.GetProperties().Select(property => property.Name))}. Write {section.Path}:{type.GetProperties()[0].Name} and so on."]
                : FindFaults(section, setting + ".", type);
        }

        if (section.GetChildren().Any())
        {
            return [$"{section.Path} in the configuration takes a single value, and has {string.Join(", ", section.GetChildren().Select(child => child.Key))}. Write the value to {section.Path} itself."];
        }

        return FindFaultOf(type, section, setting) is { } fault ? [fault] : [];
    }

    private static string? FindFaultOf(Type type, IConfigurationSection section, string setting)
    {
        if (section.Value is { Length: > 0 } value)
        {
            return FindFaultOf(Nullable.GetUnderlyingType(type) ?? type, value, setting) is { } fault
                ? $"{section.Path} in the configuration {fault}"
                : null;
        }

        if (Nullable.GetUnderlyingType(type) is null)
        {
            // The binder takes null for zero.
            return type.IsValueType
                ? $"{section.Path} in the configuration is empty, as an unset variable leaves it. Write a value, or remove the key for the default."
                : null;
        }

        // The binder takes nothing for null, which is no limit. Null itself is there only where somebody wrote it.
        return section.Value is null
            ? null
            : $"{section.Path} in the configuration is empty, as an unset variable leaves it, and would pass for null. Write a value, or remove the key for the default; where null is meant, write it in a JSON file, or remove the key and set it in code: AddPersonalAccessTokens(o => o.{setting} = null).";
    }

    /// <summary>What is to be said of a value that can't be read, or null. Of what is no text, only keys are.</summary>
    private static string? FindFaultOf(Type type, string value, string setting)
    {
        if (type == typeof(string))
        {
            return null;
        }

        if (type == typeof(byte[]))
        {
            return Convert.TryFromBase64String(value, new byte[value.Length], out _)
                ? null
                : "is not base64 (RFC 4648, section 4), the way in which keys are written: openssl rand -base64 32.";
        }

        if (!type.IsValueType)
        {
            return $"is a text, from which nothing can be made here. Remove it, and set {setting} in code.";
        }

        if (type.IsEnum)
        {
            return Enum.TryParse(type, value, ignoreCase: true, out _)
                ? null
                : $"is none of {string.Join(", ", Enum.GetNames(type))}. Write one of them.";
        }

        if (type == typeof(TimeSpan) && value.Count(static character => character == ':') == 2 && !value.Contains('.', StringComparison.Ordinal)
            && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time) && time.Days > 0)
        {
            return "has 24 hours or more, which would be read as so many days. Write days before a point: 1.12:00:00 is a day and a half.";
        }

        // As the binder reads it.
        return TypeDescriptor.GetConverter(type).IsValid(value) ? null
            : type == typeof(bool) ? "is neither true nor false. Write one of them."
            : type == typeof(TimeSpan) ? "is no length of time. Write days, hours, minutes and seconds: 90.00:00:00 is 90 days, 00:00:30 half a minute."
            : "is no whole number. Write digits alone: 50.";
    }

    /// <summary>Null where the application has no configuration at all.</summary>
    private IConfiguration? Find(string scheme) =>
        services.GetService<IConfiguration>() is null
            ? null
            : services.GetRequiredService<IAuthenticationConfigurationProvider>().GetSchemeConfiguration(scheme);
}
