using System.Diagnostics;

namespace Pat.History.Tests;

public sealed class TcpProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private EchoServer _server = null!;
    private TcpProxy _proxy = null!;

    public ValueTask InitializeAsync()
    {
        _server = EchoServer.Start();
        _proxy = TcpProxy.Start(_server.Address);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_is_sent_arrives_and_is_answered()
    {
        using var client = await ProxyClient.ConnectAsync(_proxy);

        await client.AssertEchoesAsync("hello");
        await client.AssertEchoesAsync("again");
    }

    [Fact]
    public async Task A_socket_of_Unix_is_reached_over_TCP()
    {
        var directory = Directory.CreateTempSubdirectory("pat-proxy-");
        try
        {
            await using var server = EchoServer.StartOnUnix(Path.Combine(directory.FullName, "socket"));
            await using var proxy = TcpProxy.Start(server.Address);
            using var client = await ProxyClient.ConnectAsync(proxy);
            await client.AssertEchoesAsync("hello");

            proxy.Cut();

            await client.AssertIsResetAsync();
            await EventuallyAsync(() => server.Open == 0);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Many_connections_at_once_each_get_their_own_bytes_back()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async seed =>
        {
            var bytes = new byte[200_000];
            new Random(seed).NextBytes(bytes);
            using var client = await ProxyClient.ConnectAsync(_proxy);

            var receiving = client.ReceiveAsync(bytes.Length);
            foreach (var part in bytes.Chunk(30_000))
            {
                await client.SendAsync(part);
            }

            Assert.Equal(bytes, await receiving);
        }));

        Assert.Equal(100, _server.Accepted);
        await EventuallyAsync(() => _server.Open == 0);
    }

    [Fact]
    public async Task Where_the_server_ends_a_connection_its_client_gets_all_that_was_sent_and_the_end()
    {
        using var client = await ProxyClient.ConnectAsync(_proxy);
        await client.AssertEchoesAsync("hello");

        _server.Close();

        await client.AssertIsEndedAsync();
    }

    [Fact]
    public async Task Where_the_client_ends_a_connection_the_server_gets_the_end()
    {
        using (var client = await ProxyClient.ConnectAsync(_proxy))
        {
            await client.AssertEchoesAsync("hello");
        }

        await EventuallyAsync(() => _server.Open == 0);
    }

    [Fact]
    public async Task A_server_that_is_not_there_resets_the_client()
    {
        var address = _server.Address;
        await _server.DisposeAsync();
        await using var proxy = TcpProxy.Start(address);

        await ProxyClient.AssertIsResetAsync(proxy);
    }

    [Fact]
    public async Task A_cut_resets_both_sides_of_every_connection_and_each_new_one_until_it_is_healed()
    {
        var port = _proxy.Port;
        using var former = await ProxyClient.ConnectAsync(_proxy);
        await former.AssertEchoesAsync("hello");

        _proxy.Cut();

        await former.AssertIsResetAsync();
        await EventuallyAsync(() => _server.Open == 0);
        await ProxyClient.AssertIsResetAsync(_proxy);
        Assert.Equal(1, _server.Accepted);

        _proxy.Heal();

        Assert.Equal(port, _proxy.Port);
        using var latter = await ProxyClient.ConnectAsync(_proxy);
        await latter.AssertEchoesAsync("hello");
    }

    [Fact]
    public async Task A_delay_holds_in_each_direction_and_does_not_add_up_from_piece_to_piece()
    {
        const int Pieces = 20;
        var delay = TimeSpan.FromMilliseconds(500);
        using var client = await ProxyClient.ConnectAsync(_proxy);
        await client.AssertEchoesAsync("hello");

        _proxy.Delay(delay);

        var started = Stopwatch.GetTimestamp();
        for (var piece = 0; piece < Pieces; piece++)
        {
            await client.SendAsync($"{piece:D4}");

            // Pieces of their own: what is sent without a pause may arrive as one.
            await Task.Delay(5);
        }

        await client.AssertReceivesAsync("0000");
        var first = Stopwatch.GetElapsedTime(started);
        await client.AssertReceivesAsync(string.Concat(Enumerable.Range(1, Pieces - 1).Select(static piece => $"{piece:D4}")));
        var last = Stopwatch.GetElapsedTime(started);

        Assert.InRange(first, delay * 1.95, Deadline);
        Assert.InRange(last, first, delay * (Pieces / 2));

        _proxy.Heal();

        started = Stopwatch.GetTimestamp();
        await client.AssertEchoesAsync("hello");
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, delay * 2);
    }

    [Fact]
    public async Task A_black_hole_keeps_bytes_and_ends_back_until_it_is_healed()
    {
        using var staying = await ProxyClient.ConnectAsync(_proxy);
        await staying.AssertEchoesAsync("hello");
        var leaving = await ProxyClient.ConnectAsync(_proxy);
        await leaving.AssertEchoesAsync("hello");

        _proxy.BlackHole();

        await staying.SendAsync("into the dark");
        leaving.Dispose();
        await staying.AssertHearsNothingAsync();
        Assert.Equal(2, _server.Open);

        _proxy.Heal();

        await staying.AssertReceivesAsync("into the dark");
        await staying.AssertEchoesAsync("and on");
        await EventuallyAsync(() => _server.Open == 1);
    }

    [Fact]
    public async Task A_black_hole_takes_new_connections_that_reach_the_server_when_it_is_healed()
    {
        _proxy.BlackHole();

        using var client = await ProxyClient.ConnectAsync(_proxy);
        await client.SendAsync("into the dark");
        await client.AssertHearsNothingAsync();
        Assert.Equal(0, _server.Accepted);

        _proxy.Heal();

        await client.AssertReceivesAsync("into the dark");
    }

    [Fact]
    public async Task A_cut_ends_a_connection_in_a_black_hole()
    {
        using var client = await ProxyClient.ConnectAsync(_proxy);
        await client.AssertEchoesAsync("hello");
        _proxy.BlackHole();
        await client.SendAsync("into the dark");

        _proxy.Cut();

        await client.AssertIsResetAsync();
        await EventuallyAsync(() => _server.Open == 0);
    }

    [Fact]
    public async Task A_half_open_connection_is_over_for_the_server_and_silent_for_the_client_even_when_healed()
    {
        using var former = await ProxyClient.ConnectAsync(_proxy);
        await former.AssertEchoesAsync("hello");

        _proxy.HalfOpen();

        await EventuallyAsync(() => _server.Open == 0);
        await former.SendAsync("is anybody there?");
        await former.AssertHearsNothingAsync();

        // Much more than the machine holds for it: it is taken and lost.
        await former.SendAsync(new byte[20_000_000]);
        using var latter = await ProxyClient.ConnectAsync(_proxy);
        await latter.AssertEchoesAsync("hello");

        _proxy.Heal();

        await former.SendAsync("and now?");
        await former.AssertHearsNothingAsync();
        await latter.AssertEchoesAsync("hello");
    }

    [Fact]
    public async Task Half_open_connections_tell_their_clients_nothing_that_was_under_way()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ProxyClient.ConnectAsync(_proxy)));
        await Task.WhenAll(clients.Select(static client => client.AssertEchoesAsync("hello")));
        _proxy.BlackHole();
        await _server.SayAsync("news");

        _proxy.HalfOpen();
        _proxy.Heal();

        await Task.WhenAll(clients.Select(static client => client.AssertHearsNothingAsync()));
        Assert.All(clients, static client => client.Dispose());
    }

    [Fact]
    public async Task At_its_end_it_ends_what_is_open_half_open_held_back_or_delayed()
    {
        var proxy = TcpProxy.Start(_server.Address);
        using var halfOpen = await ProxyClient.ConnectAsync(proxy);
        await halfOpen.AssertEchoesAsync("hello");
        proxy.HalfOpen();
        using var open = await ProxyClient.ConnectAsync(proxy);
        await open.AssertEchoesAsync("hello");
        proxy.Delay(TimeSpan.FromHours(1));
        await open.SendAsync("late");
        proxy.BlackHole();
        using var waiting = await ProxyClient.ConnectAsync(proxy);

        await proxy.DisposeAsync().AsTask().WaitAsync(Deadline);

        // Once more, which is no mistake.
        await proxy.DisposeAsync();
        await halfOpen.AssertIsResetAsync();
        await open.AssertIsResetAsync();
        await waiting.AssertIsResetAsync();
        await EventuallyAsync(() => _server.Open == 0);
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
