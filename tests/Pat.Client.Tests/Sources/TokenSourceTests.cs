using Microsoft.Extensions.DependencyInjection;

namespace Pat.Client.Tests;

public sealed class TokenSourceTests
{
    private const string Other = "pat_26lmM4evRmxpZ0X22R2w0R_yDRdnoaxW7vg7OvqRxfwDbI1mInQZa8ByaHAtgSYtt91arZnl";

    [Fact]
    public async Task The_environment_variable_is_read_at_each_request()
    {
        const string Variable = "PAT_CLIENT_TESTS_TOKEN";
        await using var server = await KestrelServer.StartAsync();
        var services = new ServiceCollection();
        services.AddHttpClient("tasks", http => http.BaseAddress = server.Address).AddPersonalAccessToken(Variable);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("tasks");
        try
        {
            var missing = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => client.GetAsync("/"));
            Environment.SetEnvironmentVariable(Variable, Tokens.Valid);
            await client.GetAsync("/");

            Assert.Equal(PersonalAccessTokenProblem.TokenMissing, missing.Problem);
            Assert.Equal(
                $"There is no token: the environment variable {Variable} is empty or not set. Set {Variable} to a token.",
                missing.Message);
            Assert.Equal([Tokens.Header], server.Received.Select(request => request.Authorization));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Fact]
    public async Task The_configuration_is_read_at_each_request()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address, options =>
        {
            options.Callback = null;
            options.ConfigurationKey = "Tasks:AccessToken";
        });
        host.Configuration["Tasks:AccessToken"] = Tokens.Valid;
        var client = host.CreateClient();

        await client.GetAsync("/");
        host.Configuration["Tasks:AccessToken"] = Other;
        await client.GetAsync("/");

        Assert.Equal([Tokens.Header, $"Bearer {Other}"], server.Received.Select(request => request.Authorization));
    }

    [Fact]
    public async Task The_callback_is_asked_at_each_request_and_has_services()
    {
        await using var server = await KestrelServer.StartAsync();
        var vault = new Queue<string>([Tokens.Valid, Other]);
        using var host = new ClientHost(
            server.Address,
            options => options.Callback = async (services, cancellationToken) =>
            {
                await Task.Yield();
                return services.GetRequiredService<Queue<string>>().Dequeue();
            },
            services: services => services.AddSingleton(vault));
        var client = host.CreateClient();

        await client.GetAsync("/");
        await client.GetAsync("/");

        Assert.Equal([Tokens.Header, $"Bearer {Other}"], server.Received.Select(request => request.Authorization));
    }

    [Fact]
    public async Task What_the_callback_throws_reaches_the_caller()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address, options => options.Callback = (_, _) => throw new TimeoutException("The vault."));

        await Assert.ThrowsAsync<TimeoutException>(() => host.CreateClient().GetAsync("/"));

        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_callback_without_a_token_is_a_missing_token()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address, options => options.Callback = (_, _) => new((string?)null));

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Equal(PersonalAccessTokenProblem.TokenMissing, exception.Problem);
        Assert.Empty(server.Received);
    }

    [Theory]
    [InlineData("Bearer " + Tokens.Valid)]
    [InlineData(Tokens.Valid + "\r\nX-Injected: 1")]
    [InlineData("pat_02yKUjeeHYIuIrXSJxcLqg_mavzfVABqZ5YsOOlB1f46RfHk7hp3")]
    public async Task A_malformed_token_is_not_sent_and_not_shown(string token)
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address, options => options.Callback = (_, _) => new(token));

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Equal(PersonalAccessTokenProblem.TokenMalformed, exception.Problem);
        Assert.StartsWith("Nothing was sent: the token in the callback ", exception.Message, StringComparison.Ordinal);
        Tokens.AssertAbsent(exception.ToString(), token);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_malformed_token_is_not_sent_after_a_good_one_either()
    {
        await using var server = await KestrelServer.StartAsync();
        var vault = new Queue<string>([Tokens.Valid, Tokens.Valid[..^1], Tokens.Valid]);
        using var host = new ClientHost(server.Address, options => options.Callback = (_, _) => new(vault.Dequeue()));
        var client = host.CreateClient();

        await client.GetAsync("/");
        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => client.GetAsync("/"));
        await client.GetAsync("/");

        Assert.Equal(PersonalAccessTokenProblem.TokenMalformed, exception.Problem);
        Assert.Equal([Tokens.Header, Tokens.Header], server.Received.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_token_with_another_prefix_is_not_sent()
    {
        await using var server = await KestrelServer.StartAsync();
        using var host = new ClientHost(server.Address, options => options.TokenPrefix = "task_pat");

        var exception = await Assert.ThrowsAsync<PersonalAccessTokenException>(() => host.CreateClient().GetAsync("/"));

        Assert.Equal(PersonalAccessTokenProblem.TokenMalformed, exception.Problem);
        Assert.Empty(server.Received);
    }
}
