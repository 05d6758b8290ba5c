using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.Tests;

/// <summary>A request pays for the application's events where there are any.</summary>
public sealed class EventsTests
{
    [Fact]
    public void Where_nobody_set_any_none_takes_part() => Assert.False(new PersonalAccessTokenEvents().TakesPart);

    [Fact]
    public void One_that_is_set_or_may_be_overridden_takes_part()
    {
        foreach (var name in new[] { "MessageReceived", "TokenValidated", "AuthenticationFailed", "Challenge", "Forbidden" })
        {
            var events = new PersonalAccessTokenEvents();
            Set(events, name, () => { });
            Assert.True(events.TakesPart, name);
        }

        Assert.True(new Derived().TakesPart);
    }

    [Theory]
    [InlineData("MessageReceived", 3)]
    [InlineData("TokenValidated", 2)]
    [InlineData("AuthenticationFailed", 1)]
    [InlineData("Challenge", 1)]
    [InlineData("Forbidden", 1)]
    public async Task One_that_is_set_alone_is_called_whether_memory_or_the_store_decided(string name, int times)
    {
        var calls = 0;
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, scheme: scheme => Set(scheme.Events!, name, () => calls++));
        var token = await app.CreateTokenAsync("read");

        foreach (var expected in new[] { times, 2 * times })
        {
            using var read = await app.GetAsync(UsualEndpoints.Read, token);
            using var forbidden = await app.PostAsync(UsualEndpoints.Write, token);
            using var refused = await app.GetAsync(UsualEndpoints.Read, TokenValues.WithWrongSecret(token));
            Assert.Equal(
                (StatusCodes.Status200OK, StatusCodes.Status403Forbidden, StatusCodes.Status401Unauthorized, expected),
                ((int)read.StatusCode, (int)forbidden.StatusCode, (int)refused.StatusCode, calls));
        }
    }

    private static void Set(PersonalAccessTokenEvents events, string name, Action call)
    {
        Func<object, Task> note = _ =>
        {
            call();
            return Task.CompletedTask;
        };
        switch (name)
        {
            case "MessageReceived":
                events.OnMessageReceived = note;
                break;

            case "TokenValidated":
                events.OnTokenValidated = note;
                break;

            case "AuthenticationFailed":
                events.OnAuthenticationFailed = note;
                break;

            case "Challenge":
                events.OnChallenge = note;
                break;

            case "Forbidden":
                events.OnForbidden = note;
                break;

            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such event.");
        }
    }

    private sealed class Derived : PersonalAccessTokenEvents;
}
