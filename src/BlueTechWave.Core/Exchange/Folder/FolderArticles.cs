using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tags;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange.Folder;

/// <summary>An article's file, and the lines of its history.</summary>
internal sealed record FolderArticle((ArticleMatter Matter, string Body) File, IEnumerable<RevisionLine> History);

/// <summary>Makes articles and comments of their files, as they were.</summary>
internal sealed class FolderArticles(NewsDbContext db, FolderCheck check)
{
    /// <summary>To be saved by the caller.</summary>
    public async Task TakeAsync(IReadOnlyList<FolderArticle> batch)
    {
        var matters = batch.Select(a => a.File.Matter).ToList();
        var categories = await NamedAsync(db.Categories, matters.SelectMany(m => m.AlsoIn.Append(m.Category)).OfType<string>().Select(path => check.Categories[path].Shape.Id), c => c.Id);
        var tags = await NamedAsync(db.Tags, matters.SelectMany(m => m.Tags).Select(slug => check.Tags[slug].Id), t => t.Id);
        var authors = await NamedAsync(db.Authors, matters.SelectMany(m => m.Authors).Select(b => check.Authors[b.Author].Id), a => a.Id);
        var pictures = await NamedAsync(db.Pictures, matters.Select(m => m.Picture?.Picture).OfType<int>(), p => p.Id);

        foreach (var ((matter, body), history) in batch)
        {
            var article = Make(matter, body, categories, tags, authors, pictures);
            db.Add(article);
            foreach (var note in matter.Corrections) db.Add(db.Entry(new Correction(note.Note, note.At, note.Clarification)).Was(c => c.ArticleId, matter.Id).Entity);
            if (matter.Discussion is { } policy) db.Add(new ArticleDiscussion(matter.Id, FrontMatter.Named<CommentPolicy>(policy)));
            foreach (var line in history)
                db.Add(db.Entry(new Revision(FrontMatter.Named<ArticleAct>(line.Act), line.By, line.At, line.Note ?? "")).Was(r => r.ArticleId, matter.Id).Was(r => r.Version, line.Version).Was(r => r.Text, line.Text).Entity);
        }
    }

    public Comment Said(int article, CommentLine line) =>
        db.Entry(new Comment(article, line.Name, line.Email ?? "", line.Body, line.Created, authorId: line.Author is { } author ? check.Authors[author].Id : null))
            .Was(c => c.Id, line.Id).Was(c => c.ParentId, line.Parent).Was(c => c.Depth, line.Depth).Was(c => c.Thread, line.Thread)
            .Was(c => c.Address, line.Address ?? "").Was(c => c.AddressKey, Ban.Sortable(line.Address ?? ""))
            .Was(c => c.EditedAt, line.Edited).Was(c => c.EditedByEditorAt, line.EditedByEditor)
            .Was(c => c.State, FrontMatter.Named<CommentState>(line.State)).Was(c => c.Because, line.Because ?? "").Was(c => c.DecidedAt, line.Decided)
            .Was(c => c.SpamScore, line.SpamScore).Was(c => c.IsStaff, line.Staff).Was(c => c.IsFeatured, line.Featured)
            .Entity;

    private Article Make(ArticleMatter was, string body, Dictionary<int, Category> categories, Dictionary<int, Tag> tags, Dictionary<int, Author> authors, Dictionary<int, Picture> pictures)
    {
        var article = new Article(was.Headline, was.Created);
        var entry = db.Entry(article)
            .Was(a => a.Id, was.Id).Was(a => a.Year, was.Year).Was(a => a.Month, was.Month)
            .Was(a => a.Status, FrontMatter.Named<ArticleStatus>(was.Status))
            .Was(a => a.EditedAt, was.Edited).Was(a => a.PublishedAt, was.Published).Was(a => a.UpdatedAt, was.Updated)
            .Was(a => a.ScheduledFor, was.ScheduledFor).Was(a => a.EmbargoedUntil, was.EmbargoedUntil)
            .Was(a => a.WithdrawalFor, was.WithdrawalFor).Was(a => a.WithdrawalReason, was.WithdrawalReason)
            .Was(a => a.WithdrawnAt, was.Withdrawn).Was(a => a.WithdrawnReason, was.WithdrawnReason).Was(a => a.ReviewNote, was.ReviewNote);
        // The save raises it.
        entry.Was(a => a.Version, Math.Max(0, was.Version - 1));

        var take = was.Take is { } said ? new OurTake(said.Text, said.Attribution, said.Role ?? "", said.Label) : null;
        article.Receive(new(was.Headline, was.KeyPoints, body, take, was.Summary, was.Slug));
        var further = was.AlsoIn.Select(path => categories[check.Categories[path].Shape.Id]);
        if (was.Category is { } primary) article.FileUnder(categories[check.Categories[primary].Shape.Id], further);
        article.TagWith(was.Tags.Select(slug => tags[check.Tags[slug].Id]));
        article.Sign(was.Authors.Select(b => authors[check.Authors[b.Author].Id]));
        foreach (var (byline, signed) in article.Bylines.Zip(was.Authors)) db.Entry(byline).Was(b => b.Name, signed.Name).Was(b => b.Role, signed.Role ?? "");
        article.ShareAs(was.SocialTitle, was.SocialDescription);
        article.OpenComments(!was.CommentsClosed);
        article.Illustrate(Lead(was.Picture, pictures));
        return article;
    }

    private static LeadPicture? Lead(LeadShape? was, Dictionary<int, Picture> pictures) => was switch
    {
        null => null,
        { Picture: { } id } => LeadPicture.AsItWas(pictures[id], was.Alt ?? "", was.Decorative, was.Caption, was.Credit),
        _ => LeadPicture.AsItWas(was.Path ?? "", was.Width, was.Height, was.Alt ?? "", was.Decorative, was.Caption, was.Credit),
    };

    private static async Task<Dictionary<int, T>> NamedAsync<T>(IQueryable<T> all, IEnumerable<int> ids, Func<T, int> id) where T : class
    {
        var asked = ids.ToHashSet();
        return asked.Count == 0 ? [] : await all.Where(one => asked.Contains(EF.Property<int>(one, "Id"))).ToDictionaryAsync(id);
    }
}
