using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Tags;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

/// <summary>What can be done to several articles at once.</summary>
public enum SeveralAct
{
    Submit,
    SendBack,
    Publish,
    Unpublish,
    AddTag,
    RemoveTag,
    FileUnder,
    Discard,
    BringBack,
}

/// <param name="Reason">Why they are sent back or unpublished.</param>
/// <param name="Tag">The name of the tag to add or remove.</param>
/// <param name="Category">The primary category to file them under.</param>
public sealed record SeveralOrder(SeveralAct Act, string Reason = "", string Tag = "", Category? Category = null);

/// <summary>
/// One act on several articles: what it would do to each is said beforehand, by the same table that later decides; each is saved by
/// itself, and one that somebody has changed since is left alone and named.
/// </summary>
public static class SeveralArticles
{
    public const int AtMost = 100;

    /// <summary>Why it cannot be done to this one; null if it can. Asked before, to show it, and again when it is done.</summary>
    public static string? WhyNot(Who who, Article article, SeveralOrder order, DateTime now)
    {
        var (may, state) = order.Act switch
        {
            SeveralAct.Submit => (who.MaySubmit(article), article.Status is not ArticleStatus.Draft),
            SeveralAct.SendBack => (who.MaySendBack(article), article.Status is not (ArticleStatus.InReview or ArticleStatus.Scheduled)),
            SeveralAct.Publish => (who.MayPublish(article), article.Status is ArticleStatus.Published or ArticleStatus.Trashed),
            SeveralAct.Unpublish => (who.MayUnpublish(article), article.Status is not ArticleStatus.Published),
            SeveralAct.Discard => (who.MayDiscard(article), article.Status is ArticleStatus.Published or ArticleStatus.Trashed),
            SeveralAct.BringBack => (who.MayBringBack(article), article.Status is not ArticleStatus.Trashed),
            _ => (who.MayEdit(article), article.Status is ArticleStatus.Trashed),
        };
        if (!may) return state ? $"It is {Words(article.Status)}." : "You may not.";

        return order.Act switch
        {
            SeveralAct.Publish when article.IsEmbargoed(now) => "It is under embargo.",
            SeveralAct.Publish when article.WhatIsMissing().Select(m => m.What).ToList() is { Count: > 0 } missing => $"It lacks {string.Join(", ", missing)}.",
            SeveralAct.AddTag when article.Tags.Any(t => t.Tag.Slug == Slug.From(order.Tag)) => "It has this tag.",
            SeveralAct.RemoveTag when order.Tag.Length > 0 && article.Tags.All(t => t.Tag.Slug != Slug.From(order.Tag)) => "It has no such tag.",
            SeveralAct.FileUnder when order.Category is { } category && article.CategoryId == category.Id => "It is filed there.",
            _ => null,
        };
    }

    /// <summary>Does it to one, in a save of its own.</summary>
    /// <param name="version">As it was when its effect was shown.</param>
    /// <returns>Why it was not done; null if it was.</returns>
    public static async Task<string?> DoAsync(NewsDbContext db, Who who, int id, int version, SeveralOrder order, DateTime now, TimeZoneInfo zone)
    {
        db.ChangeTracker.Clear();
        if (await db.Articles.SeenBy(who).Whole().FirstOrDefaultAsync(a => a.Id == id) is not { } article) return "It is not there any more.";
        if (article.Version != version) return "Somebody has changed it meanwhile; look at it again.";
        if (WhyNot(who, article, order, now) is { } why) return why;
        if (order.Act == SeveralAct.Publish && await RefusalAsync(db, article, now, zone) is { } refusal) return refusal;

        await ActAsync(db, who, article, order, now, zone);
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return "Somebody has changed it at this moment; look at it again.";
        }
    }

    private static async Task ActAsync(NewsDbContext db, Who who, Article article, SeveralOrder order, DateTime now, TimeZoneInfo zone)
    {
        switch (order.Act)
        {
            case SeveralAct.Submit: article.Submit(now, who.Name); break;
            case SeveralAct.SendBack: article.SendBack(order.Reason, now, who.Name); break;
            case SeveralAct.Publish: article.Publish(now, zone, who.Name); break;
            case SeveralAct.Unpublish: article.Withdraw(order.Reason, now, who.Name); break;
            case SeveralAct.Discard: article.Discard(now, who.Name); break;
            case SeveralAct.BringBack: article.BringBack(now, who.Name); break;
            case SeveralAct.RemoveTag: article.TagWith(article.Tags.OrderBy(t => t.Position).Select(t => t.Tag).Where(t => t.Slug != Slug.From(order.Tag)).ToList()); break;
            case SeveralAct.AddTag:
                var slug = Slug.From(order.Tag);
                var tag = await db.Tags.FirstOrDefaultAsync(t => t.Slug == slug) ?? new Tag(order.Tag);
                article.TagWith([.. article.Tags.OrderBy(t => t.Position).Select(t => t.Tag), tag]);
                break;
            case SeveralAct.FileUnder:
                var category = await db.Categories.SingleAsync(c => c.Id == order.Category!.Id);
                article.FileUnder(category, article.FurtherCategories.Select(f => f.Category).ToList());
                break;
        }
    }

    private static async Task<string?> RefusalAsync(NewsDbContext db, Article article, DateTime now, TimeZoneInfo zone)
    {
        var missing = await PublishCheck.MissingAsync(db, article);
        if (missing.Count > 0) return $"It lacks {string.Join(", ", missing.Select(m => m.What))}.";
        if (article.PublishedAt is not null) return null;
        var local = TimeZoneInfo.ConvertTimeFromUtc(now, zone);
        return await db.Articles.At(local.Year, local.Month, article.Slug).AnyAsync(a => a.Id != article.Id) ? "Another article of the month has its slug." : null;
    }

    private static string Words(ArticleStatus status) => status switch
    {
        ArticleStatus.InReview => "in review",
        ArticleStatus.Withdrawn => "unpublished",
        ArticleStatus.Trashed => "in the trash",
        ArticleStatus.Draft => "a draft",
        _ => status.ToString().ToLowerInvariant(),
    };
}
