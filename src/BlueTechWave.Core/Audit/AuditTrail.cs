using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Api;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pages;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Core.Settings;
using BlueTechWave.Core.Tags;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Core.Writing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace BlueTechWave.Core.Audit;

/// <summary>Says who is acting now: in a request, the person signed in; elsewhere the system or the command line.</summary>
public delegate Actor WhoActs();

/// <summary>
/// Turns what a save is about to change into lines of the audit log, so that no page can forget one: one line for each
/// thing, with an article's parts under the article.
/// </summary>
internal sealed class AuditTrail
{
    private const int ValueLength = 60;

    /// <summary>Pressed, stamped or secret: says nothing to whoever reads the log, or too much.</summary>
    private static readonly HashSet<string> Unsaid =
    [
        "Id", "Version", "EditedAt", "BodyHtml", "Words", "ReadingMinutes", "CardText", "BioHtml", "FooterHtml", "Html", "SecurityStamp", "ConcurrencyStamp",
        "Thread", "TextHash", "Likeness", "SpamScore", "DecidedAt", "DigestAt", "EmailHash", "AddressKey",
        "NormalizedEmail", "NormalizedUserName", "UserName", "SeenAt", "CommentCount", "ArticleId", "Hash", "Position", "CreatedAt",
        "Key", "Printed", "Failure", "IsShown", "Blur", "Across", "Down", "Length", "Kind", "Width", "Height", "IsHeld", "TrashedAt",
        "SealedSecret", "OldSealedSecret", "OldSecretUntil", "PausedAt", "FailingSince", "ReplayedAt",
    ];

    private static readonly HashSet<string> Secret = ["PasswordHash", "Value", "Email", "StampKey", "Target"];

    private readonly List<Func<Actor, DateTime, AuditEntry>> _lines = [];

    public static AuditTrail Of(ChangeTracker tracker)
    {
        var trail = new AuditTrail();
        Dictionary<int, SortedSet<string>> parts = [];
        foreach (var entry in tracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (PartOfArticle(entry) is { } part) parts.GetOrAdd((int)entry.Property("ArticleId").CurrentValue!).Add(part);
        }

        foreach (var entry in tracker.Entries()) trail.See(entry, parts);
        return trail;
    }

    public IEnumerable<AuditEntry> Entries(Actor by, DateTime now) => _lines.Select(line => line(by, now));

    private void See(EntityEntry entry, Dictionary<int, SortedSet<string>> parts)
    {
        if (entry.Entity is Article article) SeeArticle(entry, article, parts.GetValueOrDefault(article.Id));
        else if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && Name(entry.Entity) is { } named) SeeOther(entry, named);
    }

    private void SeeArticle(EntityEntry entry, Article article, SortedSet<string>? parts)
    {
        var fresh = article.Revisions.Where(r => r.Id == 0).ToList();
        var changed = entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;
        if (!changed && parts is null && fresh.Count == 0) return;

        var act = entry.State == EntityState.Deleted ? "Removed" : fresh.Count > 0 ? string.Join(", ", fresh.Select(r => Words(r.Act)).Distinct()) : "Changed";
        var note = string.Join(" ", fresh.Select(r => r.Note).Where(n => n.Length > 0));
        var fields = entry.State == EntityState.Added ? "" : Changes(entry);
        var detail = string.Join("; ", new[] { note, fields, parts is null || entry.State == EntityState.Added ? "" : string.Join(", ", parts) }.Where(d => d.Length > 0));
        _lines.Add((by, now) => new(by, "Article", article.Id, article.Headline, act, detail, now));
    }

    private void SeeOther(EntityEntry entry, (string Subject, string Name, Func<int?> Id) named)
    {
        var act = (entry.Entity, entry.State) switch
        {
            (Session, EntityState.Added) => "Signed in",
            (Session session, _) when session.EndedAt is not null => session.IsLeft ? "Signed out" : "Session ended",
            (Session, _) => null,
            (Account, EntityState.Modified) => string.Join(", ", AccountActs(entry).DefaultIfEmpty("Changed")),
            (Comment, EntityState.Added) => null,
            (Comment comment, EntityState.Modified) => CommentAct(entry, comment),
            (Ban { EndedAt: not null }, EntityState.Modified) => "Ended",
            (ApiKey { RevokedAt: not null }, EntityState.Modified) => "Revoked",
            (CommentRule rule, EntityState.Modified) => rule.IsOn ? "Switched on" : "Switched off",
            (Picture picture, EntityState.Modified) => PictureAct(entry, picture),
            (Webhook webhook, EntityState.Modified) => WebhookAct(entry, webhook),
            (Tag { MergedInto: not null } or Category { MergedInto: not null }, EntityState.Deleted) => "Merged",
            (_, EntityState.Added) => "Added",
            (_, EntityState.Deleted) => "Removed",
            _ => "Changed",
        };
        var into = (entry.Entity as Tag)?.MergedInto ?? (entry.Entity as Category)?.MergedInto;
        var detail = entry.State == EntityState.Modified ? Changes(entry) : into is null ? "" : $"into “{into}”";
        if (act is null || (detail.Length == 0 && (act == "Changed" || entry.Entity is Account && entry.State == EntityState.Modified))) return;
        var decider = (entry.Entity as Comment)?.Decider;
        _lines.Add((by, now) => new(by.AccountId is null && decider is not null ? decider : by, named.Subject, named.Id(), named.Name, act, detail, now));
    }

    /// <summary>What is done to an account is named: whoever looks for it looks for the act, not for a column.</summary>
    private static IEnumerable<string> AccountActs(EntityEntry entry)
    {
        foreach (var property in entry.Properties.Where(p => p.IsModified && !Equals(p.OriginalValue, p.CurrentValue)))
        {
            var act = (property.Metadata.Name, property.CurrentValue) switch
            {
                (nameof(Account.PasswordHash), _) => property.OriginalValue is null ? "Password set" : "Password changed",
                (nameof(Account.TwoFactorEnabled), true) => "Second factor on",
                (nameof(Account.TwoFactorEnabled), _) => "Second factor off",
                (nameof(Account.Role), _) => "Role changed",
                (nameof(Account.DisabledAt), null) => "Enabled",
                (nameof(Account.DisabledAt), _) => "Disabled",
                (nameof(Account.Email), _) => "E-mail changed",
                _ => null,
            };
            if (act is not null) yield return act;
        }
    }

    /// <summary>What its writer does is theirs; what becomes of it is the desk's.</summary>
    private static string? CommentAct(EntityEntry entry, Comment comment) =>
        comment.Decisions.Any(d => d.Id == 0) ? comment.State.ToString()
        : entry.Property(nameof(Comment.State)).IsModified ? "Decision undone"
        : entry.Property(nameof(Comment.EditedByEditorAt)).IsModified ? "Edited"
        : entry.Property(nameof(Comment.IsFeatured)).IsModified ? comment.IsFeatured ? "Featured" : "No longer featured"
        : null;

    /// <summary>What is cut from it in the background is nobody's act.</summary>
    private static string? PictureAct(EntityEntry entry, Picture picture) =>
        entry.Property(nameof(Picture.Hash)).IsModified ? "Replaced"
        : entry.Property(nameof(Picture.TrashedAt)).IsModified ? picture.TrashedAt is null ? "Brought back" : "Trashed"
        : entry.Property(nameof(Picture.IsHeld)).IsModified && !entry.Property(nameof(Picture.RightsUntil)).IsModified && !entry.Property(nameof(Picture.EmbargoedUntil)).IsModified
            ? picture.IsHeld ? "Rights ended" : "Embargo ended"
        : "Changed";

    private static string WebhookAct(EntityEntry entry, Webhook webhook) =>
        entry.Property(nameof(Webhook.SealedSecret)).IsModified ? "Secret renewed"
        : entry.Property(nameof(Webhook.PausedAt)).IsModified ? webhook.PausedAt is null ? "Resumed" : "Paused"
        : entry.Property(nameof(Webhook.ReplayedAt)).IsModified ? "Replayed"
        : "Changed";

    private static string? PartOfArticle(EntityEntry entry) => entry.Entity switch
    {
        Byline => "Authors",
        ArticleTag => "Tags",
        FurtherCategory => "Categories",
        LeadPicture => "Picture",
        OurTake => "Our take",
        Correction => "Correction",
        _ => null,
    };

    private static (string Subject, string Name, Func<int?> Id)? Name(object entity) => entity switch
    {
        Account a => ("Account", a.Email ?? "", () => a.Id),
        Session s => ("Session", s.Account?.Email ?? s.Device, () => s.AccountId),
        IdentityUserPasskey<int> p => ("Passkey", p.Data.Name ?? "", () => p.UserId),
        IdentityUserToken<int> t => ("Second factor", t.Name, () => t.UserId),
        Category c => ("Category", c.Name, () => c.Id),
        Tag t => ("Tag", t.Name, () => t.Id),
        Author a => ("Author", a.Name, () => a.Id),
        Picture p => ("Picture", p.Name, () => p.Id),
        StandingPage p => ("Page", p.Title, () => p.Id),
        MenuItem m => ("Menu", m.Label, () => m.Id),
        SocialLink s => ("Social link", s.Label, () => s.Id),
        SiteSettings s => ("Settings", s.Tagline, () => s.Id),
        Redirect r => ("Redirect", r.From, () => r.Id),
        PreviewLink l => ("Preview link", l.For, () => l.Id),
        ApiKey k => ("API key", k.Name, () => k.Id),
        HomeSlot h => ("Home slot", string.Create(CultureInfo.InvariantCulture, $"{h.Position}"), () => h.ArticleId),
        ArticleTemplate t => ("Template", t.Name, () => t.Id),
        // Not by its writer's name, which may have to be forgotten.
        Comment c => ("Comment", c.Because, () => c.Id),
        CommentRule r => ("Comment rule", r.Name, () => r.Id),
        CommentSettings s => ("Comments", "", () => s.Id),
        ArticleDiscussion d => ("Discussion", d.Policy.ToString(), () => d.ArticleId),
        Ban b => ("Ban", b.EmailHash.Length > 0 ? "an e-mail" : b.Value, () => b.Id),
        Webhook w => ("Webhook", w.Name, () => w.Id),
        _ => null,
    };

    private static string Changes(EntityEntry entry) => string.Join("; ", entry.Properties
        .Where(p => p.IsModified && !Unsaid.Contains(p.Metadata.Name) && !Equals(p.OriginalValue, p.CurrentValue))
        .Select(p => Secret.Contains(p.Metadata.Name) || IsLong(p) ? p.Metadata.Name : $"{p.Metadata.Name}: {Value(p.OriginalValue)} → {Value(p.CurrentValue)}"));

    private static bool IsLong(PropertyEntry property) =>
        (property.OriginalValue ?? property.CurrentValue) is System.Collections.IEnumerable and not string ||
        (property.CurrentValue as string)?.Length > 300 || (property.OriginalValue as string)?.Length > 300;

    private static string Value(object? value) => value switch
    {
        null or "" => "nothing",
        string text => text.Length > ValueLength ? $"“{text[..ValueLength]}…”" : $"“{text}”",
        DateTime at => at.ToString("u", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Words(ArticleAct act) => act == ArticleAct.SentBack ? "Sent back" : act.ToString();
}

file static class Grouping
{
    public static SortedSet<string> GetOrAdd(this Dictionary<int, SortedSet<string>> parts, int article)
    {
        if (!parts.TryGetValue(article, out var found)) parts[article] = found = [];
        return found;
    }
}
