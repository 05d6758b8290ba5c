using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Pat.AspNetCore.TestSupport;

/// <summary>Sends a method and header lines exactly as they are given: an HTTP client would change, join and trim them.</summary>
internal static class RawRequest
{
    public static Task<(int Status, string[] Challenges)> GetAsync(TestApp app, string path, params string[] headers) =>
        SendAsync(app, "GET", path, headers);

    public static async Task<(int Status, string[] Challenges)> SendAsync(
        TestApp app, string method, string path, params string[] headers)
    {
        var address = app.Client.BaseAddress!;
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await using var stream = connection.GetStream();
        string[] lines = [$"{method} {path} HTTP/1.1", $"Host: {address.Authority}", "Connection: close", .. headers, "", ""];
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = (await reader.ReadToEndAsync()).Split("\r\n\r\n")[0].Split("\r\n");
        const string Challenge = "WWW-Authenticate: ";
        return (
            int.Parse(answer[0].Split(' ')[1], CultureInfo.InvariantCulture),
            [.. answer.Where(line => line.StartsWith(Challenge, StringComparison.Ordinal)).Select(line => line[Challenge.Length..])]);
    }
}
