using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Pat.EntityFrameworkCore;

namespace Pat.Docs.Tests;

/// <summary>An application with every package that has options, one of which is set, and what stops its start.</summary>
internal static class CheckedApplication
{
    private const string Client = "tasks";

    private static readonly MethodInfo SetOn = typeof(CheckedApplication).GetMethod(nameof(Set), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>What is said at the start, or null where it starts.</summary>
    public static async Task<string?> FaultOfAsync(OptionsClass options, string option, object? value)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDbContextPool<PersonalAccessTokenDbContext>(static context => context.UseNpgsql("Host=localhost;Database=app"));
        builder.Services.AddPersonalAccessTokens().AddEntityFrameworkStore<PersonalAccessTokenDbContext>().UsePostgreSql().AddUI();
        builder.Services.AddHttpClient(Client, static client => client.BaseAddress = new Uri("https://tasks.example.com"))
            .AddPersonalAccessToken("TASKS_ACCESS_TOKEN");
        SetOn.MakeGenericMethod(options.Type).Invoke(null, [builder.Services, options.Property(option), value]);
        await using var app = builder.Build();
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return null;
        }
        catch (Exception exception) when (exception is OptionsValidationException or AggregateException)
        {
            return exception.Message;
        }
    }

    private static void Set<T>(IServiceCollection services, PropertyInfo property, object? value)
        where T : class
    {
        if (typeof(T) == typeof(PersonalAccessTokenHashingOptions))
        {
            // They are a part of the options of tokens.
            services.PostConfigureAll<PersonalAccessTokenOptions>(tokens => property.SetValue(tokens.Hashing, value));
        }
        else
        {
            services.PostConfigureAll<T>(instance => property.SetValue(instance, value));
        }
    }
}
