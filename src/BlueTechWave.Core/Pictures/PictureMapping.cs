using BlueTechWave.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlueTechWave.Core.Pictures;

internal sealed class PictureMapping : IEntityTypeConfiguration<Picture>
{
    public void Configure(EntityTypeBuilder<Picture> picture)
    {
        picture.Property(p => p.Name).HasMaxLength(Picture.NameLength);
        picture.Property(p => p.Alt).HasMaxLength(Picture.AltLength);
        picture.Property(p => p.Caption).HasMaxLength(Picture.CaptionLength);
        picture.Property(p => p.Credit).HasMaxLength(Picture.CreditLength);
        picture.Property(p => p.Source).HasMaxLength(Picture.SourceLength);
        picture.Property(p => p.Hash).HasMaxLength(64);
        picture.Property(p => p.Key).HasMaxLength(24);
        picture.Property(p => p.Printed).HasMaxLength(24);
        picture.Property(p => p.Failure).HasMaxLength(300);
        picture.Property(p => p.Blur).HasMaxLength(2000);
        picture.Property(p => p.Version).IsConcurrencyToken();
        picture.Ignore(p => p.Address);
        picture.Ignore(p => p.Path);
        picture.Ignore(p => p.Original);
        picture.Ignore(p => p.HasPrints);

        picture.HasIndex(p => p.Hash);
        picture.HasIndex(p => p.Key);
        picture.HasIndex(p => new { p.AddedAt, p.Id });
        picture.HasIndex(p => p.RightsUntil).HasFilter("\"RightsUntil\" IS NOT NULL");
        picture.HasIndex(p => p.EmbargoedUntil).HasFilter("\"EmbargoedUntil\" IS NOT NULL");
        picture.HasIndex(p => p.TrashedAt).HasFilter("\"TrashedAt\" IS NOT NULL");
        picture.HasIndex(p => p.Id).HasFilter("\"Printed\" <> \"Key\"").HasDatabaseName("IX_Pictures_NotPrinted");
        picture.HasOne<Account>().WithMany().HasForeignKey(p => p.AddedById).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class PictureUseMapping : IEntityTypeConfiguration<PictureUse>
{
    public void Configure(EntityTypeBuilder<PictureUse> use)
    {
        use.HasKey(u => new { u.PictureId, u.Place, u.PlaceId });
        use.HasIndex(u => new { u.Place, u.PlaceId });
        use.HasOne<Picture>().WithMany().HasForeignKey(u => u.PictureId);
    }
}

internal sealed class PictureLeftoverMapping : IEntityTypeConfiguration<PictureLeftover>
{
    public void Configure(EntityTypeBuilder<PictureLeftover> leftover)
    {
        leftover.Property(l => l.Key).HasMaxLength(24);
        leftover.Property(l => l.Hash).HasMaxLength(64);
        leftover.HasIndex(l => l.Key);
        leftover.HasIndex(l => l.Until);
    }
}
