using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>A way to a server that can be cut, with all who are on it, and mended.</summary>
internal sealed class Relay : IDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly ConcurrentDictionary<Socket, Socket> _pairs = new();
    private TcpListener _door;

    private Relay(string host, int port)
    {
        (_host, _port) = (host, port);
        _door = new(IPAddress.Loopback, 0);
        _door.Start();
        Port = ((IPEndPoint)_door.LocalEndpoint).Port;
        _ = LetInAsync(_door);
    }

    private int Port { get; }

    /// <summary>Where it is met.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}");

    public static Relay To(Uri server) => new(server.Host, server.Port);

    public void Cut()
    {
        _door.Stop();
        foreach (var (one, other) in _pairs)
        {
            one.Dispose();
            other.Dispose();
        }

        _pairs.Clear();
    }

    public void Mend()
    {
        _door = new(IPAddress.Loopback, Port);
        _door.Start();
        _ = LetInAsync(_door);
    }

    public void Dispose() => Cut();

    private async Task LetInAsync(TcpListener door)
    {
        try
        {
            while (true) _ = CarryAsync(await door.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is cut.
        }
    }

    private async Task CarryAsync(Socket one)
    {
        using var other = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (one)
        {
            try
            {
                await other.ConnectAsync(_host, _port);
                _pairs[one] = other;
                await Task.WhenAny(PassAsync(one, other), PassAsync(other, one));
            }
            catch (SocketException)
            {
                // As if it had never been let in.
            }

            _pairs.TryRemove(one, out _);
        }
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        var bytes = new byte[1 << 16];
        try
        {
            while (await from.ReceiveAsync(bytes) is > 0 and var some)
                for (var sent = 0; sent < some;) sent += await to.SendAsync(bytes.AsMemory(sent, some - sent));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side has gone.
        }
    }
}
