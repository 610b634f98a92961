using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Mail;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pages;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Core.Settings;
using BlueTechWave.Core.Tags;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlueTechWave.Core.Data;

internal sealed class ListingEntryMapping : IEntityTypeConfiguration<ListingEntry>
{
    public void Configure(EntityTypeBuilder<ListingEntry> entry)
    {
        // The key is the query: one seek, then the rows in the order they are shown.
        entry.HasKey(e => new { e.Kind, e.Key, e.PublishedAt, e.ArticleId });
        entry.HasOne<Article>().WithMany().HasForeignKey(e => e.ArticleId);
        entry.Ignore(e => e.Listing);
    }
}

internal sealed class ListingCountMapping : IEntityTypeConfiguration<ListingCount>
{
    public void Configure(EntityTypeBuilder<ListingCount> count) => count.HasKey(c => new { c.Kind, c.Key });
}

internal sealed class CategoryMapping : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.Property(c => c.Name).HasMaxLength(Category.NameLength);
        category.Property(c => c.Slug).HasMaxLength(200);
        category.Property(c => c.Description).HasMaxLength(Category.DescriptionLength);
        category.Ignore(c => c.MergedInto);
        // Two indexes, because neither provider counts one absent parent as equal to another.
        category.HasIndex(c => new { c.ParentId, c.Slug }).IsUnique();
        category.HasIndex(c => c.Slug).IsUnique().HasFilter("\"ParentId\" IS NULL").HasDatabaseName("IX_Categories_RootSlug");
        category.HasOne(c => c.Parent).WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TagMapping : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> tag)
    {
        tag.Property(t => t.Name).HasMaxLength(Tag.NameLength);
        tag.Property(t => t.Slug).HasMaxLength(200);
        tag.Ignore(t => t.MergedInto);
        tag.HasIndex(t => t.Slug).IsUnique();
    }
}

internal sealed class AuthorMapping : IEntityTypeConfiguration<Author>
{
    public void Configure(EntityTypeBuilder<Author> author)
    {
        author.Property(a => a.Name).HasMaxLength(120);
        author.Property(a => a.Title).HasMaxLength(120);
        author.Property(a => a.Slug).HasMaxLength(200);
        author.Property(a => a.TipsEmail).HasMaxLength(254);
        author.HasIndex(a => a.Slug).IsUnique();
        author.HasIndex(a => a.PictureId).HasFilter("\"PictureId\" IS NOT NULL");
    }
}

internal sealed class StandingPageMapping : IEntityTypeConfiguration<StandingPage>
{
    public void Configure(EntityTypeBuilder<StandingPage> page)
    {
        page.Property(p => p.Slug).HasMaxLength(200);
        page.Property(p => p.Title).HasMaxLength(200);
        page.Property(p => p.Description).HasMaxLength(500);
        page.Property(p => p.Version).IsConcurrencyToken();
        page.HasIndex(p => p.Slug).IsUnique();
    }
}

internal sealed class ContactMessageMapping : IEntityTypeConfiguration<ContactMessage>
{
    public void Configure(EntityTypeBuilder<ContactMessage> message)
    {
        message.Property(m => m.Name).HasMaxLength(Comment.NameLength);
        message.Property(m => m.Email).HasMaxLength(Comment.EmailLength);
    }
}

internal sealed class MenuItemMapping : IEntityTypeConfiguration<MenuItem>
{
    public void Configure(EntityTypeBuilder<MenuItem> item)
    {
        item.Ignore(i => i.Name);
        item.Property(i => i.Label).HasMaxLength(MenuItem.LabelLength);
        item.Property(i => i.Url).HasMaxLength(MenuItem.UrlLength);
        item.HasOne(i => i.Parent).WithMany().HasForeignKey(i => i.ParentId).OnDelete(DeleteBehavior.Cascade);
        // A removed category or page cannot leave a dead entry behind.
        item.HasOne(i => i.Category).WithMany().HasForeignKey(i => i.CategoryId).OnDelete(DeleteBehavior.Cascade);
        item.HasOne(i => i.Page).WithMany().HasForeignKey(i => i.PageId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SocialLinkMapping : IEntityTypeConfiguration<SocialLink>
{
    public void Configure(EntityTypeBuilder<SocialLink> link)
    {
        link.Property(l => l.Network).HasMaxLength(40);
        link.Property(l => l.Label).HasMaxLength(80);
        link.Property(l => l.Url).HasMaxLength(500);
    }
}

internal sealed class RedirectMapping : IEntityTypeConfiguration<Redirect>
{
    public void Configure(EntityTypeBuilder<Redirect> redirect)
    {
        redirect.Property(r => r.From).HasMaxLength(Redirect.FromLength);
        redirect.Property(r => r.To).HasMaxLength(Redirect.ToLength);
        redirect.HasIndex(r => r.From).IsUnique();
        redirect.HasOne(r => r.Article).WithMany().HasForeignKey(r => r.ArticleId);
    }
}

internal sealed class SiteSettingsMapping : IEntityTypeConfiguration<SiteSettings>
{
    public void Configure(EntityTypeBuilder<SiteSettings> settings)
    {
        settings.ToTable("Settings");
        settings.Property(s => s.Id).ValueGeneratedNever();
        settings.Property(s => s.Tagline).HasMaxLength(300);
        settings.Property(s => s.FooterText).HasMaxLength(2000);
    }
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("Audit");
        entry.Property(e => e.By).HasMaxLength(120);
        entry.Property(e => e.Address).HasMaxLength(64);
        entry.Property(e => e.Subject).HasMaxLength(AuditEntry.SubjectLength);
        entry.Property(e => e.Name).HasMaxLength(AuditEntry.NameLength);
        entry.Property(e => e.Act).HasMaxLength(100);
        entry.Property(e => e.Detail).HasMaxLength(AuditEntry.DetailLength);
        entry.HasIndex(e => e.At);
        entry.HasIndex(e => new { e.AccountId, e.Id });
        entry.HasIndex(e => new { e.Subject, e.SubjectId, e.Id });
    }
}

internal sealed class OutgoingMailMapping : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.Property(m => m.To).HasMaxLength(254);
        mail.Property(m => m.Subject).HasMaxLength(300);
        mail.Property(m => m.LastError).HasMaxLength(500);
        mail.HasIndex(m => m.NextAt);
    }
}
