using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BlueTechWave.Core.Comments;

/// <summary>All network addresses from one to another, in a form that sorts: see <see cref="Ban.Sortable(IPAddress)"/>.</summary>
public sealed record Network(string From, string To)
{
    private const int Bits = 128;

    /// <summary>One address, or a network in CIDR notation (RFC 4632): <c>192.0.2.0/24</c>, from whichever of its addresses. Null for what is neither.</summary>
    public static Network? Of(string typed)
    {
        var slash = typed.IndexOf('/');
        var text = slash < 0 ? typed : typed[..slash];
        // Left to itself, the parser takes any number for an address.
        if (!IPAddress.TryParse(text, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') != 3)) return null;

        var longest = address.AddressFamily == AddressFamily.InterNetwork ? 32 : Bits;
        var length = longest;
        if (slash >= 0 && (!int.TryParse(typed[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > longest)) return null;

        var (first, last) = (address.MapToIPv6().GetAddressBytes(), address.MapToIPv6().GetAddressBytes());
        for (var bit = Bits - longest + length; bit < Bits; bit++)
        {
            var mask = (byte)(0x80 >> (bit % 8));
            first[bit / 8] &= (byte)~mask;
            last[bit / 8] |= mask;
        }

        return new(Ban.Sortable(new IPAddress(first)), Ban.Sortable(new IPAddress(last)));
    }

    /// <summary>Whether somebody meant a network, be it one or not: “and/or” is none.</summary>
    public static bool IsMeant(string typed) =>
        typed.IndexOf('/') is > 0 and var slash && typed[..slash].IndexOfAny(['.', ':']) >= 0 && typed[..slash].All(c => char.IsAsciiHexDigit(c) || c is '.' or ':');
}
