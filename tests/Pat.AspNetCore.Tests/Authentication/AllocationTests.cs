using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pat.Benchmarks;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

/// <summary>
/// Bytes that a request through the middleware allocates on its thread, above those of the same request in the same
/// application with a handler in the product's place that looks at nothing and always answers the same.
/// </summary>
public sealed class AllocationTests
{
    /// <summary>The request's own identity, principal and ticket.</summary>
    private const int MostForAProvenToken = 550;

    [Fact]
    public async Task A_proven_token_costs_few_bytes_and_the_same_whether_its_owner_has_2_claims_or_12()
    {
        var (few, many) = (await AboveFloorAsync(claims: 2), await AboveFloorAsync(claims: 12));

        Assert.Equal(few, many);
        Assert.InRange(many, 1, MostForAProvenToken);
    }

    [Theory]
    [InlineData("pat_garbage")]
    [InlineData("wrong checksum")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl")]
    [InlineData("ghp_16C7e42F292c6912E7710c838347Ae178B4a")]
    public async Task What_is_no_token_of_ours_costs_no_byte_more_than_a_handler_that_fails_at_once(string value)
    {
        var presented = value == "wrong checksum" ? TokenValues.WithWrongChecksum(TokenValues.OfUnknownId()) : value;

        Assert.InRange(await AboveFloorAsync(claims: 2, presented), int.MinValue, 0);
    }

    /// <param name="claims">How many claims the owner has.</param>
    /// <param name="value">What is presented, or null for a proven token.</param>
    private static async Task<long> AboveFloorAsync(int claims, string? value = null)
    {
        var owners = TestOwners.AliceAndBob();
        owners.Set(TestApp.Alice, claims: [.. Enumerable.Range(0, claims).Select(number => new Claim($"claim {number}", $"value {number}"))]);
        await using var product = await MeasuredApp.StartAsync(services =>
            services.AddSingleton<IPersonalAccessTokenOwnerSource>(owners));
        var presented = value ?? await product.ProveAsync();
        var answer = product.Send(presented, FloorAnswer.Of);
        Assert.Equal(value is null, answer.Principal is not null);
        await using var floor = await MeasuredApp.StartAsync(services => services
            .AddSingleton(answer)
            .AddTransient<FloorHandler<PersonalAccessTokenAuthenticationOptions>>()
            .PostConfigure<AuthenticationOptions>(options => options.SchemeMap[PersonalAccessTokenDefaults.AuthenticationScheme].HandlerType =
                typeof(FloorHandler<PersonalAccessTokenAuthenticationOptions>)));
        return product.BytesOf(presented) - floor.BytesOf(presented);
    }

    private sealed class MeasuredApp : IAsyncDisposable
    {
        private const string Path = "/user";
        private const int Requests = 500;
        private const int Rounds = 20;

        private readonly RequestFeatures _features = new(Path);
        private readonly TestApp _app;
        private readonly RequestDelegate _pipeline;
        private readonly IHttpContextFactory _contexts;

        private MeasuredApp(TestApp app, RequestDelegate pipeline) =>
            (_app, _pipeline, _contexts) = (app, pipeline, app.Services.GetRequiredService<IHttpContextFactory>());

        public static async Task<MeasuredApp> StartAsync(Action<IServiceCollection> configure)
        {
            RequestDelegate? pipeline = null;
            var app = await TestApp.StartAsync(
                web => web.MapGet(Path, ReadUser).RequireScope("read"),
                services: builder =>
                {
                    builder.Logging.SetMinimumLevel(LogLevel.Warning);
                    configure(builder.Services);
                },
                authentication: _ => { },
                pipeline: web =>
                {
                    web.Use(next => pipeline = next);
                    web.UseRouting();
                    web.UseAuthentication();
                    web.UseAuthorization();
                });
            return new MeasuredApp(app, pipeline!);
        }

        /// <summary>Creates a token and has it accepted.</summary>
        public async Task<string> ProveAsync()
        {
            var value = await _app.CreateTokenAsync("read");
            (await _app.GetAsync(Path, value)).Dispose();
            return value;
        }

        /// <summary>Sends a request, which waits for nothing, and reads something from its context while that lives.</summary>
        public T Send<T>(string value, Func<HttpContext, T> read)
        {
            _features.Headers.Authorization = $"Bearer {value}";
            return Send(read);
        }

        /// <summary>The bytes of a request: of the cheapest round, for in some of them the runtime compiles.</summary>
        public long BytesOf(string value)
        {
            Send(value, static _ => 0);
            var least = long.MaxValue;
            for (var round = 0; round < Rounds; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var request = 0; request < Requests; request++)
                {
                    Send(static _ => 0);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least / Requests;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private static Task ReadUser(HttpContext context)
        {
            Assert.NotNull(context.User.FindFirst(ClaimTypes.NameIdentifier));
            return Task.CompletedTask;
        }

        private T Send<T>(Func<HttpContext, T> read)
        {
            _features.Reset();
            var context = _contexts.Create(_features);
            Finish(_pipeline(context));
            var result = read(context);
            Finish(_features.Response.CompleteAsync());
            _contexts.Dispose(context);
            return result;
        }

        private static void Finish(Task work)
        {
            Assert.True(work.IsCompleted);
            work.GetAwaiter().GetResult();
        }
    }
}
