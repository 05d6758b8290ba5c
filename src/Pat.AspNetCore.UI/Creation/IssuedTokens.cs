using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Shows a value in the answer to the form that had it made, which is the only place it ever stands in.</summary>
internal sealed class IssuedTokens(LinkGenerator links, IOptions<PersonalAccessTokenUIOptions> options)
{
    /// <summary>What shells look at within double quotation marks, and what ends them.</summary>
    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create("\"$`\\!");

    public Page Show(PageRequest request, PersonalAccessTokenResult result, string title) =>
        Page.Of<TokenValuePage>(title, new TokenValue(
            result.Token!, result.Value!, $"curl -H \"Authorization: Bearer {result.Value}\" \"{AddressOf(request.Http)}\""));

    private string AddressOf(HttpRequest request)
    {
        var root = UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase);
        return Quotable(options.Value.ExampleUrl switch
        {
            null => FindSelf(request.HttpContext) ?? root,
            ['/', ..] path => root.TrimEnd('/') + path,
            var address => address,
        });
    }

    /// <summary>Where any token gets an answer: in the management API, where that is mapped. Groups and their parameters are taken to be the page's.</summary>
    private string? FindSelf(HttpContext context) =>
        links.GetUriByAddress(context, ManagementRoutes.SelfName, values: [], ambientValues: context.Request.RouteValues)?.TrimEnd('/');

    /// <summary>
    /// An address that a shell takes as it stands: a query such as <c>?$top=1</c> is no variable, and the host, which is the
    /// request's word, no command.
    /// </summary>
    private static string Quotable(string address) => address.AsSpan().ContainsAny(ShellCharacters)
        ? string.Concat(address.Select(static character => ShellCharacters.Contains(character) ? $"%{(int)character:X2}" : $"{character}"))
        : address;
}
