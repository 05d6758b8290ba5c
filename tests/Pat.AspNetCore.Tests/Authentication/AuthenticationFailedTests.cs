using System.Net;
using System.Security.Claims;

namespace Pat.AspNetCore.Tests;

public sealed class AuthenticationFailedTests
{
    [Fact]
    public async Task It_is_told_which_token_was_refused_and_why()
    {
        PersonalAccessTokenFailedContext? seen = null;
        await using var app = await StartAsync(context => seen = context);
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await app.Manager.RevokeAsync(created.Token!.Id);

        using var response = await app.GetAsync(UsualEndpoints.Read, created.Value);

        Assert.NotNull(seen);
        Assert.Equal(
            (created.Token.Id, PersonalAccessTokenRefusal.Revoked, null), (seen.TokenId, seen.Refusal, seen.Exception));
    }

    [Fact]
    public async Task It_is_told_of_a_malformed_value_without_an_id()
    {
        PersonalAccessTokenFailedContext? seen = null;
        await using var app = await StartAsync(context => seen = context);

        using var response = await app.GetAsync(UsualEndpoints.Read, "pat_nonsense");

        Assert.Equal((null, PersonalAccessTokenRefusal.Malformed), (seen?.TokenId, seen?.Refusal));
    }

    [Fact]
    public async Task It_is_told_what_kept_a_token_from_being_judged()
    {
        PersonalAccessTokenFailedContext? seen = null;
        await using var app = await StartAsync(context => seen = context);
        var token = await app.CreateTokenAsync("read");
        var fault = new TimeoutException("The database sleeps.");
        app.Store.Fail(fault);

        using var response = await app.GetAsync(UsualEndpoints.Read, token);

        Assert.NotNull(seen);
        Assert.Equal(PersonalAccessTokenRefusal.None, seen.Refusal);
        Assert.Same(fault, seen.Exception!.InnerException);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_application_can_accept_a_caller_of_its_own_instead(bool isOutage)
    {
        await using var app = await StartAsync(context =>
        {
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "guest")], "guests"));
            context.Success();
        });
        var token = await FailingTokenAsync(app, isOutage);

        using var response = await app.GetAsync(UsualEndpoints.Read, token);

        Assert.Equal(["sub=guest"], await response.ClaimsAsync());
    }

    [Theory]
    [InlineData(false, false, HttpStatusCode.Unauthorized)]
    [InlineData(false, true, HttpStatusCode.Unauthorized)]
    [InlineData(true, false, HttpStatusCode.ServiceUnavailable)]
    [InlineData(true, true, HttpStatusCode.ServiceUnavailable)]
    public async Task Failing_or_giving_no_result_changes_nothing_of_what_the_token_is(
        bool isOutage, bool isFailure, HttpStatusCode expected)
    {
        await using var app = await StartAsync(context =>
        {
            if (isFailure)
            {
                context.Fail("Not today.");
            }
            else
            {
                context.NoResult();
            }
        });
        var cookie = await app.SignInAsync();
        var token = await FailingTokenAsync(app, isOutage);

        using var response = await app.GetAsync(UsualEndpoints.Read, token, cookie);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(isOutage ? [] : [Answers.Refused], response.Challenges());
    }

    private static async Task<string> FailingTokenAsync(TestApp app, bool isOutage)
    {
        var token = await app.CreateTokenAsync("read");
        if (!isOutage)
        {
            return TokenValues.WithWrongSecret(token);
        }

        app.Store.Fail(new TimeoutException());
        return token;
    }

    private static Task<TestApp> StartAsync(Action<PersonalAccessTokenFailedContext> failed) =>
        TestApp.StartAsync(UsualEndpoints.Map, scheme: scheme => scheme.Events!.OnAuthenticationFailed = context =>
        {
            failed(context);
            return Task.CompletedTask;
        });
}
