using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlueTechWave.Core.Webhooks;

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.Property(w => w.Name).HasMaxLength(Webhook.NameLength);
        webhook.Property(w => w.Target).HasMaxLength(Webhook.TargetLength);
        webhook.Property(w => w.SealedSecret).HasMaxLength(1000);
        webhook.Property(w => w.OldSealedSecret).HasMaxLength(1000);
        webhook.Property(w => w.PausedBecause).HasMaxLength(Webhook.WhyLength);
    }
}

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.Property(d => d.Key).HasMaxLength(WebhookDelivery.KeyLength);
        delivery.Property(d => d.About).HasMaxLength(WebhookDelivery.AboutLength);
        delivery.Property(d => d.Answer).HasMaxLength(WebhookDelivery.AnswerLength);
        delivery.Property(d => d.Error).HasMaxLength(WebhookDelivery.ErrorLength);
        delivery.Ignore(d => d.IsGivenUp);
        delivery.HasOne(d => d.Webhook).WithMany().HasForeignKey(d => d.WebhookId).OnDelete(DeleteBehavior.Cascade);
        delivery.HasIndex(d => new { d.WebhookId, d.Id });
        delivery.HasIndex(d => new { d.WebhookId, d.NextAt }).HasFilter("\"NextAt\" IS NOT NULL");
        delivery.HasIndex(d => d.CommentId).HasFilter("\"CommentId\" IS NOT NULL");
        delivery.HasIndex(d => d.CreatedAt);
    }
}
