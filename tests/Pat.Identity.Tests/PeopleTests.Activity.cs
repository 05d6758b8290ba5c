using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Identity.Tests;

/// <summary>Who may act: Row 15 of the known failures where it begins.</summary>
public abstract partial class PeopleTests
{
    [Fact]
    public async Task A_user_is_an_active_owner()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);

        var owner = await application.FindOneAsync(person.Id);

        Assert.Equal(person.Id, owner?.Id);
        Assert.True(owner?.IsActive);
    }

    [Fact]
    public async Task Row_15_A_deleted_user_is_left_out()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        await application.ChangeAsync(person.Id, static (users, user) => users.DeleteAsync(user));

        Assert.Empty(await application.FindAsync(person.Id));
    }

    [Fact]
    public async Task Row_15_A_user_locked_for_ever_is_not_active()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        await application.ChangeAsync(person.Id, static (users, user) => users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue));

        Assert.False((await application.FindOneAsync(person.Id))?.IsActive);
    }

    [Fact]
    public async Task Row_15_A_lock_by_an_administrator_ends_when_it_ends()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        var end = application.Time.GetUtcNow().AddDays(7);
        await application.ChangeAsync(person.Id, (users, user) => users.SetLockoutEndDateAsync(user, end));
        Assert.False((await application.FindOneAsync(person.Id))?.IsActive);

        application.Time.SetUtcNow(end);

        Assert.True((await application.FindOneAsync(person.Id))?.IsActive);
    }

    [Fact]
    public async Task A_lock_of_a_user_who_cannot_be_locked_does_not_count()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        await application.ChangeAsync(person.Id, static (users, user) => users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue));
        await application.ChangeAsync(person.Id, static (users, user) => users.SetLockoutEnabledAsync(user, false));

        Assert.True((await application.FindOneAsync(person.Id))?.IsActive);
    }

    [Fact]
    public async Task Row_15_Five_wrong_passwords_lock_the_sign_in_and_leave_the_owner_active()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);

        var last = await SignInAsync(application, person.Id, "wrong", times: 5);

        Assert.True(last.IsLockedOut);
        Assert.True((await application.FindOneAsync(person.Id))?.IsActive);
    }

    [Fact]
    public async Task Wrong_passwords_on_a_node_whose_clock_is_ahead_leave_the_owner_active()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        application.Time.AdjustTime(TimeProvider.System.GetUtcNow().AddSeconds(-30));

        var last = await SignInAsync(application, person.Id, "wrong", times: 5);

        Assert.True(last.IsLockedOut);
        Assert.True((await application.FindOneAsync(person.Id))?.IsActive);
    }

    [Fact]
    public async Task The_length_of_the_short_lock_is_the_applications()
    {
        await using var application = await StartAsync(
            static options => options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromHours(6));
        var person = await AddPersonAsync(application);

        var last = await SignInAsync(application, person.Id, "wrong", times: 5);

        Assert.True(last.IsLockedOut);
        Assert.True((await application.FindOneAsync(person.Id))?.IsActive);
    }

    [Fact]
    public async Task Row_15_A_user_whom_the_application_disabled_is_not_active()
    {
        await using var application = await StartAsync(
            configureOwners: static options => options.IsActive = static person => !person.IsDisabled);
        var alice = await AddPersonAsync(application);
        var bob = await AddPersonAsync(application, "bob");
        await application.ChangeAsync(bob.Id, static (users, user) =>
        {
            user.IsDisabled = true;
            return users.UpdateAsync(user);
        });

        var owners = await application.FindAsync(alice.Id, bob.Id);

        Assert.True(owners[alice.Id].IsActive);
        Assert.False(owners[bob.Id].IsActive);
    }

    [Fact]
    public async Task A_changed_password_changes_the_stamp()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        var before = await application.FindOneAsync(person.Id);
        await application.ChangeAsync(
            person.Id, static (users, user) => users.ChangePasswordAsync(user, Password, Password + "2"));

        var after = await application.FindOneAsync(person.Id);

        Assert.False(string.IsNullOrEmpty(before?.SecurityStamp));
        Assert.NotEqual(before.SecurityStamp, after?.SecurityStamp);
    }

    private static async Task<SignInResult> SignInAsync(
        IdentityApplication<Person, PeopleContext> application, string id, string password, int times)
    {
        var result = SignInResult.NotAllowed;
        await application.InScopeAsync(async services =>
        {
            var signIn = services.GetRequiredService<SignInManager<Person>>();
            var person = (await signIn.UserManager.FindByIdAsync(id))!;
            for (var attempt = 0; attempt < times; attempt++)
            {
                result = await signIn.CheckPasswordSignInAsync(person, password, lockoutOnFailure: true);
            }
        });
        return result;
    }
}
