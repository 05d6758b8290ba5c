using Microsoft.AspNetCore.Authorization;

namespace Pat.AspNetCore.Tests;

/// <summary>The log of the authorization middleware names what was not met: each requirement says what it asks of tokens.</summary>
public sealed class RequirementTextTests
{
    public static TheoryData<string, string> Requirements => new()
    {
        { nameof(AnyTokenRequirement), "Any token will do." },
        { nameof(ScopeRequirement), "A token needs the scope tasks." },
        { nameof(ScopeByMethodRequirement), "A token needs the scope read for GET, HEAD and OPTIONS, write for the rest." },
        { nameof(TokenOnlyRequirement), "Only a token will do." },
        { nameof(SessionOnlyRequirement), "A token will not do." },
    };

    [Theory]
    [MemberData(nameof(Requirements))]
    public void A_requirement_says_what_it_asks_of_tokens(string requirement, string text) => Assert.Equal(text, Create(requirement).ToString());

    private static IAuthorizationRequirement Create(string requirement) => requirement switch
    {
        nameof(AnyTokenRequirement) => new AnyTokenRequirement(),
        nameof(ScopeRequirement) => new ScopeRequirement("tasks"),
        nameof(ScopeByMethodRequirement) => new ScopeByMethodRequirement(),
        nameof(TokenOnlyRequirement) => new TokenOnlyRequirement(),
        _ => new SessionOnlyRequirement(),
    };
}
