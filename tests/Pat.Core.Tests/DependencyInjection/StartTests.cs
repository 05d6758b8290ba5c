using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Pat.Core.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task A_misconfigured_application_does_not_start_and_is_told_every_fault()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddPersonalAccessTokenCore(options =>
        {
            options.TokenPrefix = "Bad Prefix";
            options.MaxTokensPerOwner = 0;
            options.MaxLifetime = TimeSpan.Zero;
            options.AddScope("tasks", "Change tasks", "taks");
            options.Hashing.Peppers.Add(new PersonalAccessTokenPepper { KeyId = "k", Key = new byte[8] });
        });
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Collection(
            exception.Failures,
            fault => Assert.Contains("no store. Add one: AddPersonalAccessTokens().AddEntityFrameworkStore", fault, StringComparison.Ordinal),
            fault => Assert.Contains("TokenPrefix: 'Bad Prefix'", fault, StringComparison.Ordinal),
            fault => Assert.Contains("'tasks' implies 'taks'", fault, StringComparison.Ordinal),
            fault => Assert.Contains("MaxTokensPerOwner: 0", fault, StringComparison.Ordinal),
            fault => Assert.Contains("MaxLifetime: 00:00:00", fault, StringComparison.Ordinal),
            fault => Assert.Contains("has 8 bytes", fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_application_without_a_store_does_not_start_even_in_development()
    {
        // Development builds the container with its own checks, which must not speak before the validator.
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Services.AddPersonalAccessTokenCore();
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("no store", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_tokens_twice_adds_configuration_and_nothing_else()
    {
        var services = new ServiceCollection();
        services.AddPersonalAccessTokenCore(options => options.TokenPrefix = "first");
        var hostedBefore = services.Count(service => service.ServiceType == typeof(IHostedService));

        services.AddPersonalAccessTokenCore(options => options.MaxTokensPerOwner = 7);

        Assert.Equal(hostedBefore, services.Count(service => service.ServiceType == typeof(IHostedService)));
        using var provider = services.AddSingleton<IPersonalAccessTokenStore>(_ => throw new InvalidOperationException()).BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<PersonalAccessTokenOptions>>().Value;
        Assert.Equal(("first", 7), (options.TokenPrefix, options.MaxTokensPerOwner));
    }
}
