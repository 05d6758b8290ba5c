using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.Tests;

/// <summary>What an endpoint's policy means for tokens.</summary>
public sealed class EndpointAccessTests
{
    private static readonly TokenSchemeNames Schemes = Named("first", "second");

    [Fact]
    public void Without_a_policy_nothing_is_asked_and_no_token_taken()
    {
        var access = new EndpointAccess(With(), null, Schemes);

        Assert.Equal((false, false, false), (access.IsOpen, access.RequiresAuthorization, access.RefusesTokens));
        Assert.Equal((0, 0, 0), (access.OpenTo.Length, access.NamedSchemes.Count, access.Requirements.Count));
    }

    [Fact]
    public void A_policy_that_says_nothing_of_tokens_takes_none()
    {
        var access = new EndpointAccess(With(), Policy(policy => policy.RequireAuthenticatedUser()), Schemes);

        Assert.Equal((false, true), (access.IsOpen, access.RequiresAuthorization));
        Assert.Empty(access.OpenTo);
    }

    [Fact]
    public void A_policy_of_scopes_takes_the_tokens_of_all_schemes()
    {
        var access = new EndpointAccess(With(), Policy(policy => policy.RequireScope("read")), Schemes);

        Assert.Equal((true, true), (access.IsOpen, access.RequiresAuthorization));
        Assert.Equal(["first", "second"], access.OpenTo);
        Assert.Empty(access.NamedSchemes);
        Assert.Single(access.Requirements);
    }

    [Fact]
    public void Where_nothing_is_known_of_the_endpoint_the_policy_alone_counts()
    {
        var access = new EndpointAccess(null, Policy(policy => policy.RequireScope("read")), Schemes);

        Assert.Equal((true, true, false), (access.IsOpen, access.RequiresAuthorization, access.RefusesTokens));
    }

    [Fact]
    public void What_lets_everybody_in_takes_no_token()
    {
        var access = new EndpointAccess(With(new AllowAnonymousAttribute()), Policy(policy => policy.RequireScope("read")), Schemes);

        Assert.Equal((false, false), (access.IsOpen, access.RequiresAuthorization));
        Assert.Empty(access.OpenTo);
    }

    [Fact]
    public void What_refuses_tokens_takes_none_whatever_its_policy_says()
    {
        var access = new EndpointAccess(With(new RefuseTokensAttribute()), Policy(policy => policy.RequireScope("read")), Schemes);

        Assert.Equal((false, true, true), (access.IsOpen, access.RequiresAuthorization, access.RefusesTokens));
        Assert.Empty(access.OpenTo);
    }

    [Fact]
    public void One_requirement_that_no_token_meets_closes_it_beside_others()
    {
        var access = new EndpointAccess(
            With(), Policy(policy => policy.RequireScope("read").AddRequirements(new SessionOnlyRequirement())), Schemes);

        Assert.False(access.IsOpen);
        Assert.Equal(2, access.Requirements.Count);
    }

    [Theory]
    [InlineData("second", "second")]
    [InlineData("second first", "first second")]
    [InlineData("second Cookies", "second")]
    [InlineData("Cookies", "first second")]
    public void Where_it_names_schemes_for_tokens_it_takes_those_alone(string named, string openTo)
    {
        var access = new EndpointAccess(
            With(), Policy(policy => policy.RequireScope("read").AddAuthenticationSchemes(named.Split(' '))), Schemes);

        Assert.Equal(openTo.Split(' '), access.OpenTo);
        Assert.Equal(named.Split(' '), access.NamedSchemes);
    }

    [Theory]
    [InlineData("GET", "read", "read")]
    [InlineData("GET", "write read", "write")]
    [InlineData("GET", "read write", "write")]
    [InlineData("GET", "read read", "read")]
    [InlineData("GET", "tasks read", "tasks read")]
    [InlineData("GET", "read tasks write", "tasks write")]
    [InlineData(null, "tasks", "tasks")]
    public void The_scopes_that_a_token_needs_are_told_in_the_fewest_names(string? method, string stated, string needed)
    {
        var access = new EndpointAccess(With(), Policy(policy => policy.RequireScope(stated.Split(' '))), Schemes);

        Assert.Equal(needed.Split(' '), access.ScopesFor(method, Scopes()));
    }

    [Theory]
    [InlineData("GET", "read")]
    [InlineData("HEAD", "read")]
    [InlineData("OPTIONS", "read")]
    [InlineData("POST", "write")]
    [InlineData("get", "write")]
    [InlineData(null, "write")]
    public void By_method_a_token_needs_read_for_what_only_reads(string? method, string needed)
    {
        var access = new EndpointAccess(With(), Policy(policy => policy.AddRequirements(new ScopeByMethodRequirement())), Schemes);

        Assert.Equal([needed], access.ScopesFor(method, Scopes()));
    }

    [Fact]
    public void Where_any_token_will_do_it_needs_no_scope()
    {
        var access = new EndpointAccess(With(), Policy(policy => policy.AddRequirements(new AnyTokenRequirement())), Schemes);

        Assert.True(access.IsOpen);
        Assert.Empty(access.ScopesFor("GET", Scopes()));
    }

    private static TokenSchemeNames Named(params string[] names)
    {
        var schemes = new TokenSchemeNames();
        Assert.All(names, name => Assert.True(schemes.TryAdd(name)));
        return schemes;
    }

    private static Endpoint With(params object[] metadata) => new(null, new EndpointMetadataCollection(metadata), "an endpoint");

    private static AuthorizationPolicy Policy(Action<AuthorizationPolicyBuilder> configure)
    {
        var policy = new AuthorizationPolicyBuilder();
        configure(policy);
        return policy.Build();
    }

    private static PersonalAccessTokenScopes Scopes() => new(Options.Create(new PersonalAccessTokenOptions().AddScope("tasks", "Tasks")));
}
