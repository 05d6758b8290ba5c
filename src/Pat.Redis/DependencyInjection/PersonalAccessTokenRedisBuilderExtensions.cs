using Microsoft.Extensions.DependencyInjection.Extensions;
using Pat;
using Pat.Redis;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets nodes tell each other of changes by Redis.</summary>
public static class PersonalAccessTokenRedisBuilderExtensions
{
    /// <summary>The channel that notices go by, unless another one is named.</summary>
    public const string DefaultChannel = "pat_changes";

    /// <summary>
    /// Makes revocations, edits and rotations count on all nodes in milliseconds by Redis's publish/subscribe, in the place
    /// of PostgreSQL's notifications where there are those. A Redis that is away keeps no application from starting and no
    /// token from being revoked: other nodes learn of it within <c>MaxStaleness</c> then.
    /// </summary>
    /// <param name="builder">The builder of <c>AddPersonalAccessTokens</c>.</param>
    /// <param name="configuration">How to connect, as StackExchange.Redis has it: <c>redis:6379,password=...,ssl=true</c>.</param>
    /// <param name="channel">The channel, the same on all nodes. Applications that share a Redis need one each.</param>
    /// <exception cref="ArgumentException"><paramref name="configuration"/> can't be read or names no server, or there is no <paramref name="channel"/>.</exception>
    public static PersonalAccessTokenBuilder AddRedisChangeFeed(
        this PersonalAccessTokenBuilder builder, string configuration, string channel = DefaultChannel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        var options = ConfigurationOptions.Parse(configuration);
        if (options.EndPoints.Count == 0)
        {
            throw new ArgumentException("It names no server. Write it as StackExchange.Redis has it: redis:6379,password=...", nameof(configuration));
        }

        // It connects in the background, and whoever publishes meanwhile is told at once.
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        return builder.AddRedisChangeFeed(
            async () => await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false), channel);
    }

    /// <inheritdoc cref="AddRedisChangeFeed(PersonalAccessTokenBuilder, string, string)"/>
    /// <param name="builder">The builder of <c>AddPersonalAccessTokens</c>.</param>
    /// <param name="connect">
    /// Makes the connection, when it is needed first, and again where that failed, one at a time: let it end, and not wait
    /// for a Redis that is away (<c>AbortOnConnectFail = false</c>, <c>BacklogPolicy.FailFast</c>). The connection is disposed
    /// of with the application.
    /// </param>
    /// <param name="channel">The channel, the same on all nodes. Applications that share a Redis need one each.</param>
    public static PersonalAccessTokenBuilder AddRedisChangeFeed(
        this PersonalAccessTokenBuilder builder, Func<Task<IConnectionMultiplexer>> connect, string channel = DefaultChannel)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentException.ThrowIfNullOrWhiteSpace(channel);
        builder.Services.Replace(
            ServiceDescriptor.Singleton<IPersonalAccessTokenChangeFeed>(_ => new RedisChangeFeed(connect, channel)));
        return builder;
    }
}
