using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Pat.Client.Tests;

public sealed class OptionsTests
{
    private static readonly Uri Local = new("http://localhost:5080");

    [Fact]
    public async Task A_fault_stops_the_start_of_a_host()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHttpClient("tasks", client => client.BaseAddress = new Uri("http://api.example.com"))
            .AddPersonalAccessToken("TASKS_ACCESS_TOKEN");
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            "The personal access token of the client 'tasks': http://api.example.com is neither HTTPS nor this machine, so others on the way could read the token. Use https://, or http://localhost in development.",
            exception.Message);
    }

    [Fact]
    public async Task A_client_without_faults_starts()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHttpClient("tasks", client => client.BaseAddress = new Uri("https://api.example.com"))
            .AddPersonalAccessToken("TASKS_ACCESS_TOKEN");
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();
    }

    [Fact]
    public void A_client_that_nobody_gave_an_address_is_told_how() =>
        Assert.Contains("Set BaseAddress where the client is added", FaultsOf(_ => { }, baseAddress: null), StringComparison.Ordinal);

    [Fact]
    public void A_source_is_needed() =>
        Assert.Contains("there is no source", FaultsOf(options => options.Callback = null), StringComparison.Ordinal);

    [Fact]
    public void One_source_is_enough() =>
        Assert.Contains(
            "there are 2 sources. Keep one of EnvironmentVariable, Callback.",
            FaultsOf(options => options.EnvironmentVariable = "TOKEN"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("TOKEN=x", "no '='")]
    [InlineData(Tokens.Valid, "it looks like a token")]
    public void A_name_of_a_variable_is_checked_and_a_token_in_its_place_not_shown(string variable, string expected)
    {
        var faults = FaultsOf(options => (options.Callback, options.EnvironmentVariable) = (null, variable));

        Assert.Contains(expected, faults, StringComparison.Ordinal);
        Tokens.AssertAbsent(faults);
    }

    [Fact]
    public void A_relative_path_is_refused() =>
        Assert.Contains(
            "Give the full path", FaultsOf(options => (options.Callback, options.File) = (null, "~/token")), StringComparison.Ordinal);

    [Fact]
    public void A_configuration_key_needs_a_configuration()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("tasks", client => client.BaseAddress = Local)
            .AddPersonalAccessToken(options => options.ConfigurationKey = "Tasks:AccessToken");
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(
            () => provider.GetRequiredService<IHttpClientFactory>().CreateClient("tasks"));

        Assert.Contains("no IConfiguration", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(601)]
    public void A_wait_has_a_range(int seconds) =>
        Assert.Contains(
            "Set it to 00:00:00 to 00:10:00",
            FaultsOf(options => options.MaxRetryDelay = TimeSpan.FromSeconds(seconds)),
            StringComparison.Ordinal);

    [Fact]
    public void A_prefix_that_no_token_has_is_refused() =>
        Assert.Contains("TokenPrefix: ", FaultsOf(options => options.TokenPrefix = "task_pat_"), StringComparison.Ordinal);

    [Fact]
    public void A_relative_origin_is_refused() =>
        Assert.Contains(
            "it is relative", FaultsOf(options => options.Origin = new Uri("/api", UriKind.Relative)), StringComparison.Ordinal);

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = FaultsOf(options =>
        {
            options.Callback = null;
            options.TokenPrefix = "PAT";
            options.MaxRetryDelay = TimeSpan.MaxValue;
        });

        Assert.Contains("no source", faults, StringComparison.Ordinal);
        Assert.Contains("TokenPrefix", faults, StringComparison.Ordinal);
        Assert.Contains("MaxRetryDelay", faults, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_for_all_clients_is_refused()
    {
        var services = new ServiceCollection();

        Assert.Throws<ArgumentException>(
            () => services.ConfigureHttpClientDefaults(client => client.AddPersonalAccessToken("TASKS_ACCESS_TOKEN")));
    }

    [Fact]
    public async Task Another_call_for_the_same_client_adds_to_its_options()
    {
        await using var server = await KestrelServer.StartAsync(401);
        using var host = new ClientHost(
            server.Address, client: client => client.AddPersonalAccessToken(options => options.ThrowOnRefusal = false));

        await host.CreateClient().GetAsync("/");

        Assert.Equal([Tokens.Header], server.Received.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_typed_client_gets_the_token_and_others_do_not()
    {
        await using var server = await KestrelServer.StartAsync();
        var services = new ServiceCollection();
        services.AddHttpClient<TypedClient>(client => client.BaseAddress = server.Address)
            .AddPersonalAccessToken(options => options.Callback = static (_, _) => new(Tokens.Valid));
        services.AddHttpClient("other", client => client.BaseAddress = server.Address);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<TypedClient>().Http.GetAsync("/");
        await provider.GetRequiredService<IHttpClientFactory>().CreateClient("other").GetAsync("/");

        Assert.Equal([Tokens.Header, ""], server.Received.Select(request => request.Authorization));
    }

    private static string FaultsOf(Action<PersonalAccessTokenClientOptions> configure) => FaultsOf(configure, Local);

    private static string FaultsOf(Action<PersonalAccessTokenClientOptions> configure, Uri? baseAddress)
    {
        using var host = new ClientHost(baseAddress, configure);
        return Assert.Throws<OptionsValidationException>(host.CreateClient).Message;
    }

    private sealed class TypedClient(HttpClient http)
    {
        public HttpClient Http => http;
    }
}
