using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Shows a value in the answer to the form that had it made, which is the only place it ever stands in.</summary>
internal sealed class IssuedTokens(IOptions<PersonalAccessTokenUIOptions> options)
{
    public Page Show(PageRequest request, PersonalAccessTokenResult result, string title) =>
        Page.Of<TokenValuePage>(title, new TokenValue(
            result.Token!, result.Value!, $"curl -H \"Authorization: Bearer {result.Value}\" \"{AddressOf(request.Http)}\""));

    private string AddressOf(HttpRequest request)
    {
        var root = UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase);
        return options.Value.ExampleUrl switch
        {
            null => root,
            ['/', ..] path => root.TrimEnd('/') + path,
            var address => address,
        };
    }
}
