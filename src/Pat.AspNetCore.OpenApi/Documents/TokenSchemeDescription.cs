using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Pat.AspNetCore.OpenApi;

/// <summary>Says in OpenAPI's terms what a scheme's tokens look like, what they can be allowed to do and how to get one.</summary>
internal sealed class TokenSchemeDescription(
    PersonalAccessTokenOpenApiOptions settings,
    TokenSchemes schemes,
    PersonalAccessTokenScopes scopes,
    IOptions<PersonalAccessTokenOptions> tokens)
{
    public OpenApiSecurityScheme Describe(string scheme)
    {
        // What new tokens begin with stands first, before what is accepted from former times.
        var starts = schemes.FindStarts(scheme)
            .OrderByDescending(start => start == tokens.Value.TokenPrefix + "_")
            .ToList();
        return new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = starts.Count == 0 ? null : starts[0] + "{id}_{secret}",
            Description = WriteDescription(starts),
        };
    }

    private string WriteDescription(List<string> starts)
    {
        var text = new StringBuilder("A personal access token, in `Authorization: Bearer`.");
        if (starts.Count > 0)
        {
            text.Append(" It begins with ").AppendJoin(" or ", starts.Select(start => $"`{start}`")).Append('.');
        }

        if (!string.IsNullOrWhiteSpace(settings.HowToGetOne))
        {
            text.Append(' ').Append(settings.HowToGetOne.Trim());
        }

        text.Append("\n\nIts scopes say what it may do:\n");
        foreach (var scope in scopes.All)
        {
            text.Append("\n- `").Append(scope.Name).Append("`: ").Append(scope.Description);
            if (scope.Implies.Count > 0)
            {
                text.Append(" (and `").AppendJoin("`, `", scope.Implies).Append("`)");
            }
        }

        return text.ToString();
    }
}
