using System.Net;
using System.Net.Sockets;

namespace BlueTechWave.Web.Security;

/// <summary>
/// The way to addresses that somebody has typed. It leads out of the house only: what a name stands for is looked up once,
/// every address of it is judged, and the connection goes to one of those, so that a name that means something else a
/// moment later gains nothing.
/// </summary>
/// <param name="allowPrivate">Lets it lead anywhere.</param>
/// <param name="lookUp">How names are looked up; null: as the machine does.</param>
public sealed class Outside(bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp = lookUp ?? Dns.GetHostAddressesAsync;

    /// <summary>Why this address is not to be asked, in words for whoever typed it; null where it may be.</summary>
    public async Task<string?> WhyNotAsync(string typed, CancellationToken cancellation = default)
    {
        if (!Uri.TryCreate(typed, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
            return "Please give a whole address, beginning with https://.";
        if (uri.Scheme != Uri.UriSchemeHttps && !allowPrivate) return "Please give an address that begins with https://.";
        if (uri.UserInfo.Length > 0) return "Please leave out the name and password before the @: they would be readable here.";
        if (uri.Fragment.Length > 0) return "Please leave out what follows the #: no server ever sees it.";
        if (allowPrivate) return null;

        try
        {
            await AddressesAsync(uri.IdnHost, cancellation);
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or ArgumentException)
        {
            return e is HttpRequestException ? e.Message : $"There is no host called {uri.Host}.";
        }
    }

    /// <summary>For an <see cref="HttpClient"/>: no redirect is followed, no cookie kept, and no proxy goes where this would not.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = ConnectAsync,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await AddressesAsync(context.DnsEndPoint.Host, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>One that is ours among them is enough: which of them is asked is not for us to choose.</summary>
    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _lookUp(host, cancellation);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        if (!allowPrivate && addresses.FirstOrDefault(a => !PublicAddresses.IsPublic(a)) is not null)
            throw new HttpRequestException($"{host} leads into a private network, and that is not allowed here.");
        return addresses;
    }
}
