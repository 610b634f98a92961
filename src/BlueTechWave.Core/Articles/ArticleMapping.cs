using System.Text.Json;
using System.Text.Json.Serialization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Tags;
using BlueTechWave.Core.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BlueTechWave.Core.Articles;

internal sealed class ArticleMapping : IEntityTypeConfiguration<Article>
{
    public void Configure(EntityTypeBuilder<Article> article)
    {
        article.Property(a => a.Headline).HasMaxLength(Article.HeadlineLength);
        article.Property(a => a.Slug).HasMaxLength(200);
        article.Property(a => a.Summary).HasMaxLength(500);
        article.Property(a => a.CardText).HasMaxLength(Article.CardTextLength);
        article.Property(a => a.WithdrawnReason).HasMaxLength(500);
        article.Property(a => a.ReviewNote).HasMaxLength(2000);
        article.Property(a => a.SocialTitle).HasMaxLength(200);
        article.Property(a => a.SocialDescription).HasMaxLength(500);
        article.Property(a => a.Version).IsConcurrencyToken();

        // An address names one article. Drafts have no month yet, and their slugs may still collide.
        article.HasIndex(a => new { a.Year, a.Month, a.Slug }).IsUnique();
        // Programs may ask by the slug alone.
        article.HasIndex(a => a.Slug);
        article.HasIndex(a => new { a.Status, a.ScheduledFor });
        article.HasIndex(a => a.WithdrawalFor).HasFilter("\"WithdrawalFor\" IS NOT NULL");
        article.HasIndex(a => a.EmbargoedUntil).HasFilter("\"EmbargoedUntil\" IS NOT NULL");
        article.Property(a => a.WithdrawalReason).HasMaxLength(2000);
        // The newsroom's lists: everything, one status, one writer's; last touched first.
        article.HasIndex(a => a.EditedAt);
        article.HasIndex(a => new { a.Status, a.EditedAt });
        article.HasIndex(a => new { a.WriterId, a.EditedAt });
        article.HasIndex(a => a.CategoryId);
        // What changed since its publication, for the dates in the index of sitemaps: a few of many.
        article.HasIndex(a => new { a.UpdatedAt, a.PublishedAt }).HasFilter("\"UpdatedAt\" IS NOT NULL");
        article.HasIndex(a => new { a.WithdrawnAt, a.PublishedAt }).HasFilter("\"WithdrawnAt\" IS NOT NULL");
        // All that a sitemap prints, in its order.
        article.HasIndex(a => new { a.PublishedAt, a.Id, a.Status, a.Year, a.Month, a.Slug, a.UpdatedAt }).HasFilter("\"PublishedAt\" IS NOT NULL").HasDatabaseName("IX_Articles_Sitemaps");

        article.HasOne(a => a.Category).WithMany().HasForeignKey(a => a.CategoryId).OnDelete(DeleteBehavior.Restrict);
        article.OwnsOne(a => a.Picture, picture =>
        {
            picture.Property(p => p.Path).HasMaxLength(300);
            picture.Property(p => p.Alt).HasMaxLength(500);
            picture.Property(p => p.Caption).HasMaxLength(1000);
            picture.Property(p => p.Credit).HasMaxLength(200);
            picture.Property(p => p.Blur).HasMaxLength(2000);
            picture.Ignore(p => p.IsDecorative);
            picture.Ignore(p => p.Address);
            // Not a foreign key: for one, SQLite's table would be made anew, with its columns by the alphabet and the long texts first.
            picture.HasIndex(p => p.PictureId).HasFilter("\"Picture_PictureId\" IS NOT NULL");
        });
        article.OwnsOne(a => a.Take, take =>
        {
            take.Property(t => t.Label).HasMaxLength(60);
            take.Property(t => t.Attribution).HasMaxLength(120);
            take.Property(t => t.Role).HasMaxLength(120);
            take.Property(t => t.Text).HasColumnOrder(901);
            take.Property(t => t.Html).HasColumnOrder(902);
        });

        // Last in the row: what a card needs is on the leaf page, the long texts overflow behind it.
        article.Property(a => a.KeyPoints).HasColumnOrder(900);
        article.Property(a => a.Body).HasColumnOrder(903);
        article.Property(a => a.BodyHtml).HasColumnOrder(904);

        article.HasMany(a => a.Bylines).WithOne().HasForeignKey(b => b.ArticleId);
        article.HasMany(a => a.FurtherCategories).WithOne().HasForeignKey(f => f.ArticleId);
        article.HasMany(a => a.Tags).WithOne().HasForeignKey(t => t.ArticleId);
        article.HasMany(a => a.Links).WithOne().HasForeignKey(l => l.ArticleId);
        article.HasMany(a => a.Corrections).WithOne().HasForeignKey(c => c.ArticleId);
        article.HasMany(a => a.Revisions).WithOne().HasForeignKey(r => r.ArticleId);
    }
}

internal sealed class BylineMapping : IEntityTypeConfiguration<Byline>
{
    public void Configure(EntityTypeBuilder<Byline> byline)
    {
        byline.ToTable("Bylines");
        byline.HasKey(b => new { b.ArticleId, b.AuthorId });
        byline.Property(b => b.Name).HasMaxLength(120);
        byline.Property(b => b.Role).HasMaxLength(120);
        byline.HasOne(b => b.Author).WithMany().HasForeignKey(b => b.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FurtherCategoryMapping : IEntityTypeConfiguration<FurtherCategory>
{
    public void Configure(EntityTypeBuilder<FurtherCategory> further)
    {
        further.ToTable("FurtherCategories");
        further.HasKey(f => new { f.ArticleId, f.CategoryId });
        further.HasOne(f => f.Category).WithMany().HasForeignKey(f => f.CategoryId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ArticleTagMapping : IEntityTypeConfiguration<ArticleTag>
{
    public void Configure(EntityTypeBuilder<ArticleTag> tagging)
    {
        tagging.ToTable("ArticleTags");
        tagging.HasKey(t => new { t.ArticleId, t.TagId });
        tagging.HasOne(t => t.Tag).WithMany().HasForeignKey(t => t.TagId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ArticleLinkMapping : IEntityTypeConfiguration<ArticleLink>
{
    public void Configure(EntityTypeBuilder<ArticleLink> link)
    {
        link.ToTable("ArticleLinks");
        link.HasKey(l => new { l.ArticleId, l.TargetId });
        link.HasIndex(l => l.TargetId);
    }
}

internal sealed class CorrectionMapping : IEntityTypeConfiguration<Correction>
{
    public void Configure(EntityTypeBuilder<Correction> correction)
    {
        correction.ToTable("Corrections");
        correction.HasIndex(c => c.At);
        correction.Property(c => c.Note).HasMaxLength(2000);
    }
}

internal sealed class RevisionMapping : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> revision)
    {
        revision.ToTable("Revisions");
        revision.Property(r => r.By).HasMaxLength(120);
        revision.Property(r => r.Note).HasMaxLength(2000);
        revision.Property(r => r.Text).HasConversion<ManuscriptConverter>();
        revision.HasIndex(r => new { r.ArticleId, r.Version });
        revision.Ignore(r => r.HasText);
    }
}

internal sealed class WorkingCopyMapping : IEntityTypeConfiguration<WorkingCopy>
{
    public void Configure(EntityTypeBuilder<WorkingCopy> copy)
    {
        copy.ToTable("WorkingCopies");
        copy.Property(c => c.Key).HasMaxLength(WorkingCopy.KeyLength);
        copy.Property(c => c.Text).HasConversion<ManuscriptConverter>();
        copy.Ignore(c => c.IsClosed);
        copy.HasIndex(c => new { c.ArticleId, c.AccountId, c.Key }).IsUnique();
        copy.HasIndex(c => c.AccountId);
        copy.HasOne<Article>().WithMany().HasForeignKey(c => c.ArticleId);
        copy.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
    }
}

internal sealed class PresenceMapping : IEntityTypeConfiguration<Presence>
{
    public void Configure(EntityTypeBuilder<Presence> presence)
    {
        presence.ToTable("Presences");
        presence.HasKey(p => new { p.ArticleId, p.AccountId });
        presence.HasOne<Article>().WithMany().HasForeignKey(p => p.ArticleId);
        presence.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId);
    }
}

internal sealed class ArticleTemplateMapping : IEntityTypeConfiguration<ArticleTemplate>
{
    public void Configure(EntityTypeBuilder<ArticleTemplate> template)
    {
        template.Property(t => t.Name).HasMaxLength(ArticleTemplate.NameLength);
        template.HasIndex(t => t.Name).IsUnique();
    }
}

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.Property(v => v.Name).HasMaxLength(SavedView.NameLength);
        view.Property(v => v.Query).HasMaxLength(SavedView.QueryLength);
        view.HasIndex(v => new { v.AccountId, v.Name }).IsUnique();
        view.HasOne<Account>().WithMany().HasForeignKey(v => v.AccountId);
    }
}

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        notification.Property(n => n.By).HasMaxLength(120);
        notification.Property(n => n.Note).HasMaxLength(2000);
        notification.HasIndex(n => new { n.AccountId, n.Id });
        notification.HasIndex(n => n.Id).HasFilter("\"MailedAt\" IS NULL").HasDatabaseName("IX_Notifications_NotMailed");
        notification.HasOne(n => n.Article).WithMany().HasForeignKey(n => n.ArticleId);
        notification.HasOne<Account>().WithMany().HasForeignKey(n => n.AccountId);
    }
}

internal sealed class ManuscriptConverter() : ValueConverter<Manuscript, string>(
    written => JsonSerializer.Serialize(written, Options),
    read => JsonSerializer.Deserialize<Manuscript>(read, Options)!)
{
    // PostgreSQL takes neither a NUL nor half a character; in JSON both are spelled out, and its text stays plain ASCII.
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}

internal sealed class HomeSlotMapping : IEntityTypeConfiguration<HomeSlot>
{
    public void Configure(EntityTypeBuilder<HomeSlot> slot)
    {
        slot.HasIndex(s => s.Position);
        slot.HasOne(s => s.Article).WithMany().HasForeignKey(s => s.ArticleId);
    }
}

internal sealed class ArticleViewsMapping : IEntityTypeConfiguration<ArticleViews>
{
    public void Configure(EntityTypeBuilder<ArticleViews> views)
    {
        views.HasKey(v => new { v.Day, v.ArticleId });
        views.HasOne<Article>().WithMany().HasForeignKey(v => v.ArticleId);
    }
}
