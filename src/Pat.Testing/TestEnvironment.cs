using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Pat.Testing;

/// <summary>
/// Where tokens for tests may be made. Without valid options there is no manager and nothing judges a token, so that nothing of it
/// works anywhere else, started or not.
/// </summary>
internal sealed class TestEnvironment(IHostEnvironment? environment = null) : IValidateOptions<PersonalAccessTokenOptions>
{
    private const string Name = "Testing";

    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenOptions options) =>
        environment is not null && (environment.IsDevelopment() || environment.IsEnvironment(Name))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"AddPersonalAccessTokenTesting() makes tokens for anybody, and weakens how they are hashed, so it is for tests: the environment must be {Environments.Development} or {Name}, and it is {environment?.EnvironmentName ?? "not known"}. Call it where a test starts the application, not in the application; or start that with ASPNETCORE_ENVIRONMENT={Name}.");
}
