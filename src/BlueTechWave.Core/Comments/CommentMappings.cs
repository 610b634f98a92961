using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlueTechWave.Core.Comments;

internal sealed class CommentMapping : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> comment)
    {
        comment.Property(c => c.Name).HasMaxLength(Comment.NameLength);
        comment.Property(c => c.Email).HasMaxLength(Comment.EmailLength);
        comment.Property(c => c.Address).HasMaxLength(Comment.AddressLength);
        comment.Property(c => c.AddressKey).HasMaxLength(32);
        comment.Property(c => c.Because).HasMaxLength(Comment.BecauseLength);
        comment.Property(c => c.Thread).HasMaxLength(ThreadOrder.StepLength * (CommentSettings.DeepestEver + 1));
        comment.Property(c => c.Version).IsConcurrencyToken();

        // Readers: a page of a thread, or of what is newest.
        comment.HasIndex(c => new { c.ArticleId, c.State, c.Thread, c.Id });
        comment.HasIndex(c => new { c.ArticleId, c.State, c.Id });
        // Editors: each pile by age, by score, by likeness; what one writer or one network has sent.
        comment.HasIndex(c => new { c.State, c.Id });
        comment.HasIndex(c => new { c.State, c.SpamScore });
        comment.HasIndex(c => new { c.State, c.Likeness });
        comment.HasIndex(c => new { c.Email, c.Id });
        comment.HasIndex(c => new { c.State, c.AddressKey });
        comment.HasIndex(c => c.TextHash);
        comment.HasIndex(c => c.Id).HasFilter("\"OpenReports\" > 0").HasDatabaseName("IX_Comments_Reported");

        comment.HasOne<Article>().WithMany().HasForeignKey(c => c.ArticleId);
        comment.HasOne(c => c.Parent).WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
        comment.HasOne<Author>().WithMany().HasForeignKey(c => c.AuthorId);
        comment.HasMany(c => c.Decisions).WithOne(d => d.Comment).HasForeignKey(d => d.CommentId);
    }
}

internal sealed class CommentDecisionMapping : IEntityTypeConfiguration<CommentDecision>
{
    public void Configure(EntityTypeBuilder<CommentDecision> decision)
    {
        decision.Property(d => d.By).HasMaxLength(120);
        decision.Property(d => d.Because).HasMaxLength(Comment.BecauseLength);
        decision.Property(d => d.BecauseBefore).HasMaxLength(Comment.BecauseLength);
        decision.HasIndex(d => new { d.CommentId, d.Id });
        decision.HasIndex(d => d.Together).HasFilter("\"Together\" IS NOT NULL");
        decision.HasIndex(d => new { d.AccountId, d.Id });
        decision.HasIndex(d => d.At);
    }
}

internal sealed class GroupDecisionMapping : IEntityTypeConfiguration<GroupDecision>
{
    public void Configure(EntityTypeBuilder<GroupDecision> group)
    {
        group.Property(g => g.By).HasMaxLength(120);
        group.Property(g => g.UndoneBy).HasMaxLength(120);
        group.Property(g => g.Because).HasMaxLength(Comment.BecauseLength);
        group.Property(g => g.Version).IsConcurrencyToken();
        group.HasIndex(g => g.EndedAt);
        group.HasIndex(g => g.Together).IsUnique();
    }
}

internal sealed class CommentReportMapping : IEntityTypeConfiguration<CommentReport>
{
    public void Configure(EntityTypeBuilder<CommentReport> report)
    {
        report.Property(r => r.Detail).HasMaxLength(CommentReport.DetailLength);
        report.Property(r => r.Address).HasMaxLength(Comment.AddressLength);
        report.HasIndex(r => new { r.CommentId, r.Address });
        report.HasOne<Comment>().WithMany().HasForeignKey(r => r.CommentId);
    }
}

internal sealed class BanMapping : IEntityTypeConfiguration<Ban>
{
    public void Configure(EntityTypeBuilder<Ban> ban)
    {
        ban.Property(b => b.Value).HasMaxLength(Ban.ValueLength);
        ban.Property(b => b.From).HasMaxLength(32);
        ban.Property(b => b.To).HasMaxLength(32);
        ban.Property(b => b.EmailHash).HasMaxLength(64);
        ban.Property(b => b.Reason).HasMaxLength(Ban.ReasonLength);
        ban.Property(b => b.By).HasMaxLength(120);
        ban.HasIndex(b => b.EmailHash);
        ban.HasIndex(b => new { b.From, b.To });
    }
}

internal sealed class CommentRuleMapping : IEntityTypeConfiguration<CommentRule>
{
    public void Configure(EntityTypeBuilder<CommentRule> rule)
    {
        rule.Ignore(r => r.Name);
        rule.Property(r => r.Pattern).HasMaxLength(CommentRule.PatternLength);
        rule.Property(r => r.By).HasMaxLength(120);
        rule.HasIndex(r => new { r.Kind, r.Pattern }).IsUnique();
    }
}

internal sealed class CommentSettingsMapping : IEntityTypeConfiguration<CommentSettings>
{
    public void Configure(EntityTypeBuilder<CommentSettings> settings)
    {
        settings.ToTable("CommentSettings");
        settings.Property(s => s.Id).ValueGeneratedNever();
        settings.Property(s => s.StampKey).HasMaxLength(64);
    }
}

internal sealed class ArticleDiscussionMapping : IEntityTypeConfiguration<ArticleDiscussion>
{
    public void Configure(EntityTypeBuilder<ArticleDiscussion> discussion)
    {
        discussion.HasKey(d => d.ArticleId);
        discussion.Property(d => d.ArticleId).ValueGeneratedNever();
        discussion.HasOne<Article>().WithOne().HasForeignKey<ArticleDiscussion>(d => d.ArticleId);
    }
}

internal sealed class FollowerMapping : IEntityTypeConfiguration<Follower>
{
    public void Configure(EntityTypeBuilder<Follower> follower)
    {
        follower.Property(f => f.Email).HasMaxLength(Comment.EmailLength);
        follower.HasIndex(f => new { f.ArticleId, f.Email }).IsUnique();
        follower.HasIndex(f => f.Email);
        follower.HasOne<Article>().WithMany().HasForeignKey(f => f.ArticleId);
    }
}

internal sealed class SpamTrainingMapping : IEntityTypeConfiguration<SpamTraining>
{
    public void Configure(EntityTypeBuilder<SpamTraining> training) => training.HasIndex(t => t.At);
}
