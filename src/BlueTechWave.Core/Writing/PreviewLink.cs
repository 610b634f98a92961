using System.Security.Cryptography;
using System.Text;
using BlueTechWave.Core.Articles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlueTechWave.Core.Writing;

/// <summary>
/// Lets somebody outside read one version of a piece without signing in, until it ends. Whoever has the address may read:
/// the store has only its SHA-256. Times are UTC.
/// </summary>
public class PreviewLink
{
    public const int ForLength = 120;

    private readonly List<PreviewOpening> _openings = [];

    private PreviewLink()
    {
    }

    /// <param name="version">The text it shows, whatever becomes of the piece.</param>
    /// <param name="key">The secret in its address: known to nobody afterwards.</param>
    /// <param name="reader">Whom it is for, in the newsroom's words.</param>
    public PreviewLink(Revision version, string key, string reader, string by, DateTime now, TimeSpan lasts) =>
        (Version, Hash, For, By, CreatedAt, EndsAt) = (version, HashOf(key), reader, by, now, now + lasts);

    public int Id { get; private set; }

    public int VersionId { get; private set; }

    public Revision Version { get; private set; } = null!;

    public string Hash { get; private set; } = "";

    public string For { get; private set; } = "";

    public string By { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>By itself, or because somebody ended it before.</summary>
    public DateTime EndsAt { get; private set; }

    public IReadOnlyList<PreviewOpening> Openings => _openings;

    /// <summary>What the store knows of a key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public bool IsOpen(DateTime now) => now < EndsAt;

    public void End(DateTime now)
    {
        if (IsOpen(now)) EndsAt = now;
    }
}

/// <summary>Somebody has opened it: when, and with what kind of browser.</summary>
public class PreviewOpening
{
    public const int DeviceLength = 120;

    private PreviewOpening()
    {
    }

    public PreviewOpening(int linkId, string device, DateTime at) => (LinkId, Device, At) = (linkId, device, at);

    public int Id { get; private set; }

    public int LinkId { get; private set; }

    public string Device { get; private set; } = "";

    public DateTime At { get; private set; }
}

internal sealed class PreviewLinkMapping : IEntityTypeConfiguration<PreviewLink>
{
    public void Configure(EntityTypeBuilder<PreviewLink> link)
    {
        link.Property(l => l.Hash).HasMaxLength(64);
        link.Property(l => l.For).HasMaxLength(PreviewLink.ForLength);
        link.Property(l => l.By).HasMaxLength(120);
        link.HasIndex(l => l.Hash).IsUnique();
        link.HasOne(l => l.Version).WithMany().HasForeignKey(l => l.VersionId);
        link.HasMany(l => l.Openings).WithOne().HasForeignKey(o => o.LinkId);
    }
}

internal sealed class PreviewOpeningMapping : IEntityTypeConfiguration<PreviewOpening>
{
    public void Configure(EntityTypeBuilder<PreviewOpening> opening)
    {
        opening.ToTable("PreviewOpenings");
        opening.Property(o => o.Device).HasMaxLength(PreviewOpening.DeviceLength);
    }
}
