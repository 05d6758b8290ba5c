using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Security.Tests;

/// <summary>
/// Row 7. A dead session still created tokens (better-auth). Management compares the session's security stamp with the user's at each
/// request: where they differ, or the user is gone, the answer is 401.
/// </summary>
/// <remarks>
/// Further evidence: SessionTests with Identity itself (Pat.Identity.Tests), SessionEndTests of the page (Pat.AspNetCore.UI.Tests).
/// </remarks>
public sealed class Row07DeadSessionTests
{
    private const string StampClaim = "AspNet.Identity.SecurityStamp";

    private readonly TestOwners _owners = TestOwners.AliceAndBob();

    [Fact]
    public async Task Row_7_A_session_of_a_user_who_is_gone_is_401()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        _owners.Remove(TestApp.Alice);

        await AssertEndedAsync(app, cookie);
    }

    [Fact]
    public async Task Row_7_A_session_from_before_the_credentials_changed_is_401()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync(TestApp.Alice, $"{StampClaim}:before");
        _owners.Set(TestApp.Alice, stamp: "before");
        var id = (await app.CreatedAsync(cookie)).Text("id");
        _owners.Set(TestApp.Alice, stamp: "after");

        await AssertEndedAsync(app, cookie, id);
        await app.CreatedAsync(await app.SignInAsync(TestApp.Alice, $"{StampClaim}:after"));
    }

    [Theory]
    [InlineData("POST", "", Management.Good)]
    [InlineData("PATCH", "/{0}", """{ "name": "mine now" }""")]
    [InlineData("POST", "/{0}/rotate", "{}")]
    public async Task Row_7_A_session_that_ends_while_a_body_is_on_its_way_changes_nothing(string method, string route, string body)
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync(TestApp.Alice, $"{StampClaim}:before");
        _owners.Set(TestApp.Alice, stamp: "before");
        var path = Management.Path + string.Format(null, route, (await app.CreatedAsync(cookie)).Text("id"));

        // Sent when the server asks for it, by "100 Continue", and so after all that it looks at before.
        using var content = new LateContent(body, () =>
        {
            _owners.Set(TestApp.Alice, stamp: "after");
            return Task.CompletedTask;
        });
        using var response = await app.SendAsync(new HttpMethod(method), path, cookie, content, ("Expect", "100-continue"));

        var problem = await response.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("urn:pat:session-ended", problem.Text("type"));
        var page = await app.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = TestApp.Alice });
        Assert.Equal(1, Assert.Single(page.Items).Version);
    }

    [Theory]
    [InlineData("", Management.Good)]
    [InlineData("/{0}/rotate", "{}")]
    public async Task Row_7_A_session_that_ends_while_its_requests_wait_for_a_hash_makes_no_secret(string route, string body)
    {
        await using var app = await StartAsync(tokens: SecretHashers.SmallArgon2id);
        var cookie = await app.SignInAsync(TestApp.Alice, $"{StampClaim}:before");
        _owners.Set(TestApp.Alice, stamp: "before");
        var path = Management.Path + string.Format(null, route, (await app.CreatedAsync(cookie)).Text("id"));
        var held = await HeldHashRoom.HoldAsync(app.Services.GetRequiredService<SecretHasher>().Room);
        Task<HttpResponseMessage> SendAsync() => app.SendAsync(HttpMethod.Post, path, cookie, new StringContent(body, null, "application/json"));

        // One waits for the room, and one behind it for its owner's turn.
        var hashing = SendAsync();
        await held.WaitingAsync(1);
        var calls = _owners.Calls;
        var queueing = SendAsync();
        await Eventually.TrueAsync(() => _owners.Calls > calls);
        _owners.Set(TestApp.Alice, stamp: "after");
        await held.ReleaseAsync();

        foreach (var sent in new[] { hashing, queueing })
        {
            using var response = await sent;
            Assert.Equal("urn:pat:session-ended", (await response.ProblemAsync(HttpStatusCode.Unauthorized)).Text("type"));
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }

        var page = await app.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = TestApp.Alice });
        Assert.Equal(1, Assert.Single(page.Items).Version);
    }

    [Theory]
    [InlineData("", "stamp")]
    [InlineData($"{StampClaim}:stamp", null)]
    public async Task Row_7_Stamps_that_can_not_be_compared_end_no_session(string claims, string? stamp)
    {
        await using var app = await StartAsync();
        _owners.Set(TestApp.Alice, stamp: stamp);

        await app.CreatedAsync(await app.SignInAsync(TestApp.Alice, claims));
    }

    [Fact]
    public async Task Row_7_The_claim_with_the_stamp_is_the_one_that_the_options_name()
    {
        await using var app = await StartAsync(options => options.SecurityStampClaimType = "stamp");
        _owners.Set(TestApp.Alice, stamp: "present");

        await app.CreatedAsync(await app.SignInAsync(TestApp.Alice, $"stamp:present,{StampClaim}:other"));
        using var response = await app.CreateAsync(await app.SignInAsync(TestApp.Alice, $"stamp:past,{StampClaim}:present"));

        await response.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Row_7_A_user_who_may_not_act_is_403()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        _owners.Set(TestApp.Alice, isActive: false);

        foreach (var route in SessionRoutes.All())
        {
            using var response = await app.SendAsync(route, cookie);
            await response.ProblemAsync(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Row_7_A_session_by_JWT_ends_with_its_user_too()
    {
        await using var app = await TestApp.StartAsync(
            authentication: Jwts.AsDefault,
            services: builder => builder.Services.AddProblemDetails().AddSingleton<IPersonalAccessTokenOwnerSource>(_owners),
            map: app => Microsoft.AspNetCore.Builder.PersonalAccessTokenEndpointRouteBuilderExtensions.MapPersonalAccessTokens(app));
        _owners.Remove(TestApp.Alice);

        using var response = await app.GetAsync(Management.Path, authorization: $"{JwtBearerDefaults.AuthenticationScheme} {Jwts.Create(TestApp.Alice)}");

        await response.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    private Task<TestApp> StartAsync(
        Action<PersonalAccessTokenAuthenticationOptions>? scheme = null, Action<PersonalAccessTokenOptions>? tokens = null) =>
        Management.StartAsync(
            tokens: tokens, services: builder => builder.Services.AddSingleton<IPersonalAccessTokenOwnerSource>(_owners), scheme: scheme);

    /// <summary>Every route answers 401, says so in words that a good token's holder can't misread, and does nothing.</summary>
    private static async Task AssertEndedAsync(TestApp app, string cookie, string id = SessionRoutes.UnknownId)
    {
        var before = await app.CountAsync();
        foreach (var route in SessionRoutes.All(id))
        {
            using var response = await app.SendAsync(route, cookie, ("Accept", "text/html"));

            var problem = await response.ProblemAsync(HttpStatusCode.Unauthorized);
            Assert.Equal("urn:pat:session-ended", problem.Text("type"));
            Assert.Contains("Sign in again", problem.Text("detail"), StringComparison.Ordinal);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
            Assert.Null(response.Headers.Location);
        }

        Assert.Equal(before, await app.CountAsync());
        var page = await app.Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = TestApp.Alice });
        Assert.All(page.Items, token => Assert.Equal((PersonalAccessTokenStatus.Active, 1L), (app.Manager.StatusOf(token), token.Version)));
    }
}
