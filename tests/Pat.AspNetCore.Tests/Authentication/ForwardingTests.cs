using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Forwarding works as in the framework's own handlers: what its suite holds for each of them, held for this one.</summary>
public sealed class ForwardingTests
{
    private const string Scheme = PersonalAccessTokenDefaults.AuthenticationScheme;

    [Theory]
    [InlineData(Verb.Authenticate)]
    [InlineData(Verb.Challenge)]
    [InlineData(Verb.Forbid)]
    public async Task ForwardDefault_gets_what_the_scheme_is_asked_for(Verb verb)
    {
        Assert.Equal([$"first: {verb}"], await AskAsync(verb, scheme => scheme.ForwardDefault = "first"));
    }

    [Theory]
    [InlineData(Verb.Authenticate)]
    [InlineData(Verb.Challenge)]
    [InlineData(Verb.Forbid)]
    public async Task A_specific_forward_wins_over_ForwardDefault(Verb verb)
    {
        Assert.Equal([$"second: {verb}"], await AskAsync(verb, scheme =>
        {
            scheme.ForwardDefault = "first";
            Forward(scheme, verb, "second");
        }));
    }

    [Theory]
    [InlineData(Verb.Authenticate, Verb.Challenge)]
    [InlineData(Verb.Challenge, Verb.Forbid)]
    [InlineData(Verb.Forbid, Verb.Authenticate)]
    public async Task A_specific_forward_leaves_the_other_verbs_to_ForwardDefault(Verb specific, Verb other)
    {
        Assert.Equal([$"first: {other}"], await AskAsync(other, scheme =>
        {
            scheme.ForwardDefault = "first";
            Forward(scheme, specific, "second");
        }));
    }

    [Theory]
    [InlineData(Verb.Authenticate)]
    [InlineData(Verb.Challenge)]
    [InlineData(Verb.Forbid)]
    public async Task ForwardDefaultSelector_wins_over_ForwardDefault(Verb verb)
    {
        Assert.Equal([$"second: {verb}"], await AskAsync(verb, scheme =>
        {
            scheme.ForwardDefault = "first";
            scheme.ForwardDefaultSelector = _ => "second";
        }));
    }

    [Theory]
    [InlineData(Verb.Authenticate)]
    [InlineData(Verb.Challenge)]
    [InlineData(Verb.Forbid)]
    public async Task A_selector_that_answers_null_leaves_it_to_ForwardDefault(Verb verb)
    {
        Assert.Equal([$"first: {verb}"], await AskAsync(verb, scheme =>
        {
            scheme.ForwardDefault = "first";
            scheme.ForwardDefaultSelector = _ => null;
        }));
    }

    [Theory]
    [InlineData(Verb.Authenticate)]
    [InlineData(Verb.Challenge)]
    [InlineData(Verb.Forbid)]
    public async Task A_specific_forward_wins_over_the_selector_and_ForwardDefault(Verb verb)
    {
        Assert.Equal([$"second: {verb}"], await AskAsync(verb, scheme =>
        {
            scheme.ForwardDefault = "first";
            scheme.ForwardDefaultSelector = _ => "first";
            Forward(scheme, verb, "second");
        }));
    }

    [Theory]
    [InlineData(Verb.SignIn)]
    [InlineData(Verb.SignOut)]
    public async Task Signing_in_and_out_is_not_for_tokens_wherever_it_is_forwarded(Verb verb)
    {
        // As with every handler that can't sign in: the framework refuses before it looks at forwarding.
        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(verb, scheme =>
        {
            scheme.ForwardDefault = "first";
            Forward(scheme, verb, "second");
        }));
    }

    [Theory]
    [InlineData(Verb.Authenticate)]
    [InlineData(Verb.Challenge)]
    [InlineData(Verb.Forbid)]
    public async Task Nothing_is_forwarded_unless_asked_for(Verb verb)
    {
        Assert.Empty(await AskAsync(verb, _ => { }));
    }

    [Fact]
    public async Task The_scheme_has_its_name_and_no_name_for_people()
    {
        await using var app = await TestApp.StartAsync();

        var scheme = await app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(Scheme);

        Assert.NotNull(scheme);
        Assert.Null(scheme.DisplayName);
    }

    private static void Forward(PersonalAccessTokenAuthenticationOptions scheme, Verb verb, string target)
    {
        switch (verb)
        {
            case Verb.Authenticate:
                scheme.ForwardAuthenticate = target;
                break;
            case Verb.Challenge:
                scheme.ForwardChallenge = target;
                break;
            case Verb.Forbid:
                scheme.ForwardForbid = target;
                break;
            case Verb.SignIn:
                scheme.ForwardSignIn = target;
                break;
            case Verb.SignOut:
                scheme.ForwardSignOut = target;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(verb), verb, "There is no such verb.");
        }
    }

    /// <summary>Asks the scheme, which is the default one, and gives what the two others were asked in its place.</summary>
    private static async Task<IReadOnlyCollection<string>> AskAsync(
        Verb verb, Action<PersonalAccessTokenAuthenticationOptions> forward)
    {
        await using var app = await TestApp.StartAsync(scheme: forward, authentication: authentication =>
        {
            authentication.Services.AddSingleton<ForwardedCalls>().AddTransient<RecordingHandler>();
            authentication.Services.AddAuthentication(options =>
            {
                options.DefaultScheme = Scheme;
                options.AddScheme<RecordingHandler>("first", displayName: null);
                options.AddScheme<RecordingHandler>("second", displayName: null);
            });
        });
        await using var services = app.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = services.ServiceProvider };
        await (verb switch
        {
            Verb.Authenticate => context.AuthenticateAsync(),
            Verb.Challenge => context.ChallengeAsync(),
            Verb.Forbid => context.ForbidAsync(),
            Verb.SignIn => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity("test"))),
            Verb.SignOut => context.SignOutAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "There is no such verb."),
        });
        return app.Services.GetRequiredService<ForwardedCalls>().All;
    }
}
