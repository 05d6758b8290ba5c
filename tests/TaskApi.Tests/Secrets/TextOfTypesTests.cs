using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>
/// What an object of any type of the product shows of itself as text: to a log that is given it whole, to an exception's
/// message, to a debugger. A record shows all that it has, so one that comes to hold a secret has to be looked at here.
/// </summary>
public sealed class TextOfTypesTests
{
    private const int Depth = 3;

    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// All that is shown. None of it is a token's value or a key: a page shows its model by the model's own text, a stored
    /// hash is text for the table alone, and the sealed id in the form of a new token is no secret of it.
    /// </summary>
    private static readonly string[] Shown =
    [
        "AllowAnyTokenAttribute.AuthenticationSchemes", "AllowAnyTokenAttribute.Policy", "AllowAnyTokenAttribute.Roles",
        "CarriedToken.Scheme", "CleanupPosition.Owner", "ConfigurationTokenSource.key", "EditForm.Name",
        "EditForm.Notice", "EditForm.Token.Name", "EnvironmentTokenSource.variable", "ExpiryChoice.Label",
        "ExpiryChoice.Result", "ExpiryChoice.Value", "FileTokenSource.path", "IssuedToken.Id", "ListQuery.Search",
        "ManagedToken.Id", "ManagedToken.LastUsedAddress", "ManagedToken.Name", "ManagedToken.RevokedReason",
        "NewTokenForm.Name", "NewTokenForm.Notice", "NewTokenForm.ProtectedId", "OpenEndpoint.Endpoint",
        "OpenEndpoint.Pattern", "Page.Location", "Page.Model", "Page.Title", "PageContext.Page.Location",
        "PageContext.Page.Model", "PageContext.Page.Title", "PersonalAccessToken.Name",
        "PersonalAccessTokenChange.OwnerId", "PersonalAccessTokenException._message",
        "PersonalAccessTokenException._remoteStackTraceString", "PersonalAccessTokenException._stackTraceString",
        "PersonalAccessTokenNotice.NodeId", "PersonalAccessTokenRemoval.Position",
        "PersonalAccessTokenUnavailableException._message",
        "PersonalAccessTokenUnavailableException._remoteStackTraceString",
        "PersonalAccessTokenUnavailableException._stackTraceString", "PersonalAccessTokenUse.Address",
        "RequireScopeAttribute.AuthenticationSchemes", "RequireScopeAttribute.Policy", "RequireScopeAttribute.Roles",
        "Revocation.Token.Name", "RotationForm.Notice", "RotationForm.Token.Name", "ScopeRequirement.scope",
        "ShownState.Detail", "ShownState.Kind", "ShownState.Word", "SignInRequest.Link", "StoredHash.KeyId",
        "StoredHash.Salt", "StoredHash.Tag", "TokenAccessMetadata.AuthenticationSchemes", "TokenAccessMetadata.Policy",
        "TokenAccessMetadata.Roles", "TokenList.Notice", "TokenList.Query.Search", "TokenList.UsageResolution",
        "TokenRow.State.Detail", "TokenRow.State.Kind", "TokenRow.State.Word", "TokenRow.Token.Name",
        "TokenValue.Token.Name",
    ];

    [Fact]
    public void Nothing_but_this_is_shown()
    {
        var shown = Types().SelectMany(ShownOf).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(string.Join('\n', Shown), string.Join('\n', shown));
    }

    /// <summary>But for two of the clean-up, which hold expressions and keys of rows.</summary>
    [Fact]
    public void What_reflection_can_make_no_object_of_has_no_text_but_its_types_name() => Assert.Equal(
        ["CleanupStep`1", "CleanupTable`2"],
        AllTypes().Where(static type => (type.IsByRefLike || type.ContainsGenericParameters)
            && type.GetMethod(nameof(ToString), Declared, []) is not null).Select(static type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void A_debugger_shows_no_more_than_the_text() => Assert.All(AllTypes(), static type =>
    {
        Assert.Contains(type.GetCustomAttribute<DebuggerDisplayAttribute>(inherit: false)?.Value, new[] { null, "{ToString(),nq}" });
        Assert.Null(type.GetCustomAttribute<DebuggerTypeProxyAttribute>(inherit: false));
        Assert.All(type.GetMembers(Declared | BindingFlags.Static), static member =>
            Assert.True(member is Type || member.GetCustomAttribute<DebuggerDisplayAttribute>() is null, $"{member.DeclaringType}.{member.Name}"));
    });

    /// <summary>Every type of which there are objects that reflection can make.</summary>
    private static IEnumerable<Type> Types() => AllTypes().Where(static type =>
        type is { IsInterface: false, IsAbstract: false, IsEnum: false, IsByRefLike: false, ContainsGenericParameters: false }
        && !typeof(Delegate).IsAssignableFrom(type));

    /// <summary>All types but what the compiler makes of lambdas and iterators.</summary>
    private static IEnumerable<Type> AllTypes() =>
        from assembly in Packages.All
        from type in assembly.GetTypes()
        where !type.FullName!.Contains('<', StringComparison.Ordinal)
        select type;

    /// <summary>The members with text or bytes that an object's text has in it.</summary>
    private static IEnumerable<string> ShownOf(Type type)
    {
        var marks = new Dictionary<string, string>();
        var text = Made(type, type.Name, Depth, marks).ToString() ?? "";
        return marks.Where(mark => text.Contains(mark.Key, StringComparison.Ordinal)).Select(static mark => mark.Value);
    }

    /// <summary>An object whose every text and every bytes are different from all others.</summary>
    private static object Made(Type type, string name, int depth, Dictionary<string, string> marks)
    {
        var made = RuntimeHelpers.GetUninitializedObject(type);
        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(Declared))
            {
                var path = $"{name}.{NameOf(field)}";
                if (ValueOf(field.FieldType, path, depth, marks) is { } value)
                {
                    field.SetValue(made, value);
                }
            }
        }

        return made;
    }

    private static object? ValueOf(Type type, string path, int depth, Dictionary<string, string> marks)
    {
        var mark = $"mark{marks.Count:0000}";
        if (type == typeof(string) || type == typeof(object))
        {
            marks[mark] = path;
            return mark;
        }

        if (type == typeof(byte[]))
        {
            // Nine, whose base64 is the same with padding and without.
            byte[] bytes = [.. BitConverter.GetBytes(marks.Count), .. BitConverter.GetBytes(marks.Count * 7919), 1];
            marks[Convert.ToBase64String(bytes)] = path;
            marks[Convert.ToHexString(bytes)] = path;
            marks[Convert.ToHexStringLower(bytes)] = path;
            return bytes;
        }

        if (type.IsAssignableFrom(typeof(List<string>)) && type.IsGenericType)
        {
            marks[mark] = path;
            return new List<string> { mark };
        }

        return depth > 0 && Packages.All.Contains(type.Assembly) && Types().Contains(type) ? Made(type, path, depth - 1, marks) : null;
    }

    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
