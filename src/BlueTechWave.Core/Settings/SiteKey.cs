using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlueTechWave.Core.Settings;

/// <summary>
/// A key that the site seals with: cookies, forms, links in letters, secrets of webhooks. In the store, so that whoever serves
/// it opens what another has sealed.
/// </summary>
public class SiteKey
{
    private SiteKey()
    {
    }

    public SiteKey(string name, string xml) => (Name, Xml) = (name, xml);

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>As ASP.NET Core writes it.</summary>
    public string Xml { get; private set; } = "";
}

internal sealed class SiteKeyMapping : IEntityTypeConfiguration<SiteKey>
{
    public void Configure(EntityTypeBuilder<SiteKey> key)
    {
        key.ToTable("SiteKeys");
        key.Property(k => k.Name).HasMaxLength(200);
        key.HasIndex(k => k.Name).IsUnique();
    }
}
