using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using BlueTechWave.Core.Audit;

namespace BlueTechWave.Core.Comments;

public enum BanKind
{
    /// <summary>One network address.</summary>
    Address = 0,

    /// <summary>One e-mail address, or all of a host: <c>@host.example</c>.</summary>
    Email = 1,

    /// <summary>A network in CIDR notation (RFC 4632): <c>192.0.2.0/24</c>.</summary>
    Network = 2,
}

/// <summary>Somebody who may not comment, change a comment or report one, until a day or for good. Always with a reason, which they are told.</summary>
public class Ban
{
    public const int ValueLength = 254;
    public const int ReasonLength = 300;

    /// <summary>Wider networks hold whole countries.</summary>
    public const int WidestIPv4 = 12;
    public const int WidestIPv6 = 24;

    private Ban()
    {
    }

    private Ban(BanKind kind, string value, string reason, DateTime? until, Actor by, DateTime now) =>
        (Kind, Value, Reason, Until, AccountId, By, CreatedAt) = (kind, value, reason, until, by.AccountId, by.Name, now);

    public int Id { get; private set; }

    public BanKind Kind { get; private set; }

    /// <summary>As an editor reads it.</summary>
    public string Value { get; private set; } = "";

    /// <summary>The first and the last network address it holds for, in a form that sorts: see <see cref="Sortable"/>. Empty for an e-mail.</summary>
    public string From { get; private set; } = "";

    public string To { get; private set; } = "";

    /// <summary>Of the e-mail or its host, so that the ban outlives the erasure of the address; empty for networks.</summary>
    public string EmailHash { get; private set; } = "";

    /// <summary>Told to whoever it holds for.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Null: until somebody ends it.</summary>
    public DateTime? Until { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public int? AccountId { get; private set; }

    public string By { get; private set; } = "";

    public DateTime? EndedAt { get; private set; }

    public bool Holds(DateTime now) => EndedAt is null && (Until is null || Until > now);

    public void End(DateTime now) => EndedAt ??= now;

    public void Change(string reason, DateTime? until) => (Reason, Until) = (reason, until);

    /// <summary>The address is forgotten; the ban stays.</summary>
    public void Forget() => Value = "an erased address";

    /// <summary>Null, and why, where the value is none of its kind or would hold for too many.</summary>
    public static Ban? Make(BanKind kind, string value, string reason, DateTime? until, Actor by, DateTime now, out string? mistake)
    {
        value = value.Trim();
        mistake = null;
        switch (kind)
        {
            case BanKind.Email when value.Length is > 3 and <= ValueLength && value.Contains('@') && !value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)):
                return new(kind, Comment.Canonical(value), reason, until, by, now) { EmailHash = HashOf(value) };
            case BanKind.Address when IPAddress.TryParse(value, out var one):
                return new(kind, one.ToString(), reason, until, by, now) { From = Sortable(one), To = Sortable(one) };
            case BanKind.Network when IPNetwork.TryParse(value, out var network):
                if (network.PrefixLength < (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? WidestIPv4 : WidestIPv6))
                {
                    mistake = $"This network is too wide: the widest are /{WidestIPv4}, or /{WidestIPv6} for IPv6.";
                    return null;
                }

                return new(kind, network.ToString(), reason, until, by, now) { From = Sortable(network.BaseAddress), To = Sortable(Last(network)) };
        }

        mistake = kind switch
        {
            BanKind.Email => "Give an e-mail address, or a host with an @ before it: @host.example.",
            BanKind.Address => "Give a network address, for example 192.0.2.7.",
            _ => "Give a network that begins at its first address, for example 192.0.2.0/24.",
        };
        return null;
    }

    /// <summary>A network address as 32 hexadecimal digits, IPv4 within IPv6 (RFC 4291, 2.5.5.2): sorts as the addresses do. Empty for what is none.</summary>
    public static string Sortable(IPAddress? address) => address is null ? "" : Convert.ToHexStringLower(address.MapToIPv6().GetAddressBytes());

    public static string Sortable(string address) => Sortable(IPAddress.TryParse(address, out var known) ? known : null);

    public static string HashOf(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Comment.Canonical(email))));

    private static IPAddress Last(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++) bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new(bytes);
    }
}
