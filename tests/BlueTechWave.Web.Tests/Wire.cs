using System.Net.Sockets;
using System.Text;

namespace BlueTechWave.Web.Tests;

/// <summary>An answer as it came over the wire; status 0 if the connection ended without one.</summary>
internal sealed record WireAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers)
{
    public string? Header(string name) => Headers.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>Sends bytes that no well-behaved client would.</summary>
internal static class Wire
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="request">The whole request; each character is one byte.</param>
    public static async Task<WireAnswer> SendAsync(Uri site, string request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var socket = new TcpClient();
        await socket.ConnectAsync(site.Host, site.Port, patience.Token);
        await using var stream = socket.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), patience.Token);
        }
        catch (IOException)
        {
            // Refused before it was sent to the end; the answer may be there all the same.
        }

        return await ReadAsync(stream, patience.Token);
    }

    /// <summary>A GET of this very path, unless <paramref name="method"/> says otherwise.</summary>
    public static string Request(Uri site, string path, string method = "GET", string headers = "") =>
        $"{method} {path} HTTP/1.1\r\nHost: {site.Authority}\r\nConnection: close\r\n{headers}\r\n";

    private static async Task<WireAnswer> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)) break;
            }
        }
        catch (IOException)
        {
            // Closed hard after the answer.
        }

        var lines = text.ToString().Split("\r\n\r\n")[0].Split("\r\n");
        if (lines[0].Split(' ') is not [_, var status, ..]) return new(0, []);
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).Where(h => h.Length == 2).Select(h => (h[0], h[1].Trim()));
        return new(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), [.. headers]);
    }
}
