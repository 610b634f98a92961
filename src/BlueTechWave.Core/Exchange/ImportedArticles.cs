using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tags;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange;

/// <summary>Takes articles through the acts of a newsroom, up to where they were.</summary>
internal sealed class ImportedArticles(ImportRun run, ImportedTerms terms, ImportedPictures pictures, ImportedPaths paths)
{
    private const int PinnedAtMost = 4;
    private const int SummaryLength = 500;

    private readonly ImportedComments _comments = new(run, terms);

    /// <summary>
    /// Looks which of these are new or have changed, and begins to set and press their texts: the longest part of the work,
    /// done beside the storing of those before. Their pictures have arrived by now.
    /// </summary>
    public async Task<ArticleBatch> BeginAsync(IReadOnlyList<IncomingArticle> articles)
    {
        var hashes = articles.ToDictionary(a => a.Id, HashOf);
        var known = await run.KnownHashesAsync(ImportedKind.Article, hashes.Keys);
        var changed = articles.Where(a => known.GetValueOrDefault(a.Id) != hashes[a.Id] && !IsTooLong(a)).ToList();
        return new(articles, hashes, Task.Run(() => Parallel.ForEach(changed, Set)));

        static void Set(IncomingArticle came)
        {
            ArticleBody.Press(came.Body.Set.Markdown);
            foreach (var comment in came.Comments) _ = comment.Body.Set;
        }
    }

    /// <summary>In the transaction the caller has open.</summary>
    /// <returns>What to say of it once it is stored.</returns>
    public async Task<Action<ImportReport>> StoreAsync(ArticleBatch begun)
    {
        List<Action<ImportReport>> told = [];
        var (batch, hashes) = (begun.Articles, begun.Hashes);
        await begun.Set;
        var known = await run.KnownAsync(ImportedKind.Article, batch.Select(a => a.Id));
        var changed = batch.Where(a => !known.TryGetValue(a.Id, out var item) || item.Hash != hashes[a.Id]).ToList();

        List<(IncomingArticle Came, Article Ours, ImportedItem? Item)> written = [];
        Dictionary<Article, string> before = [];
        if (changed.Count > 0)
        {
            var (authors, categories, tags) = await terms.OfAsync(changed);
            var leads = await pictures.OfAsync(changed.Select(a => a.FeaturedPicture));
            var ids = changed.Where(a => known.ContainsKey(a.Id)).Select(a => known[a.Id].OurId).ToList();
            var ours = ids.Count == 0 ? [] : await run.Db.Articles.Whole().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id);
            foreach (var came in changed)
            {
                if (known.GetValueOrDefault(came.Id) is not { } item) written.Add((came, Write(came, null, authors, categories, tags, leads, told), null));
                else if (ours.GetValueOrDefault(item.OurId) is { } article && Mark(article) == item.Left)
                {
                    if (article.Year is not null) before[article] = AddressOf(article);
                    written.Add((came, Write(came, article, authors, categories, tags, leads, told), item));
                }
                else told.Add(report => report.Count("article", ImportOutcome.LeftAlone));
            }
        }

        run.Db.Articles.AddRange(written.Where(w => w.Item is null).Select(w => w.Ours));
        await FindRoomAsync(written, told);
        await run.Db.SaveChangesAsync();
        foreach (var (came, ours, item) in written)
        {
            if (item is null) run.Remember(ImportedKind.Article, came.Id, ours.Id, hashes[came.Id], Mark(ours));
            else item.Renew(hashes[came.Id], Mark(ours));
            told.Add(report => report.Count("article", item is null ? ImportOutcome.Added : ImportOutcome.Updated));
        }

        foreach (var _ in batch.Except(changed)) told.Add(report => report.Count("article", ImportOutcome.Unchanged));
        await LeaveRedirectsAsync(written, before, told);
        await PinAsync(written, told);
        await run.Db.SaveChangesAsync();

        var places = written.ToDictionary(w => w.Came.Id, w => w.Ours.Id);
        foreach (var item in known.Values) places.TryAdd(item.SourceId, item.OurId);
        run.Db.ChangeTracker.Clear();
        await _comments.StoreAsync(batch, places, told);
        return report => told.ForEach(tell => tell(report));
    }

    private Article Write(IncomingArticle came, Article? ours, Dictionary<string, Author> authors, Dictionary<string, Category> categories, Dictionary<string, Tag> tags, Dictionary<string, Picture> leads, List<Action<ImportReport>> told)
    {
        if (IsTooLong(came)) throw new InvalidOperationException($"its text is longer than {ArticleBody.MaxLength:N0} characters.");
        var body = came.Body.Set;
        var at = At(came, told);
        var headline = Headline(came, body.Markdown, told);
        var article = ours ?? new Article(headline, at);

        var filed = ImportedTerms.Filed(came, categories);
        if (filed.Count > 0) article.FileUnder(filed[0], filed.Skip(1));
        article.Sign(ImportedTerms.Signed(came, authors));
        article.TagWith(came.Tags.Select(t => tags.GetValueOrDefault(t.Key)).OfType<Tag>());
        article.ShareAs(Some(came.SocialTitle, 200), Some(came.SocialDescription, SummaryLength));
        article.OpenComments(came.CommentsOpen);
        article.Illustrate(Lead(came, at, leads, told));

        var summary = Some(came.Excerpt, SummaryLength);
        // What is to appear by itself has to have all an article here needs.
        var keyPoints = came.Status == IncomingStatus.Scheduled && at > run.Now ? [summary ?? Some(FirstSentence(body.Markdown), 300) ?? headline] : article.KeyPoints;
        var slug = SlugOf(came);
        article.Write(new ArticleText(headline, keyPoints, body.Markdown, article.Take, summary, slug), ours is null ? Earliest(at) : run.Now, ImportRun.By);
        if (article.PublishedAt is not null && article.Slug != slug) article.Readdress(slug);
        Advance(article, came, at, told);

        foreach (var note in came.Notes.Concat(body.Notes)) told.Add(report => report.Note(note, headline));
        return article;
    }

    private LeadPicture? Lead(IncomingArticle came, DateTime at, Dictionary<string, Picture> leads, List<Action<ImportReport>> told)
    {
        if (came.FeaturedPicture.Length == 0) return null;
        if (leads.GetValueOrDefault(came.FeaturedPicture) is not { } picture)
        {
            told.Add(report => report.Note("The picture above it has not arrived", came.Headline));
            return null;
        }

        var alt = FileName.Resembles(came.PictureAlt, picture.Name) ? "" : ImportRun.Cut(came.PictureAlt, Picture.AltLength);
        var lead = new LeadPicture(picture, alt, caption: Some(came.PictureCaption, Picture.CaptionLength));
        // What is to appear by itself has to have all an article here needs.
        if (lead.Alt.Length > 0 || lead.IsDecorative || came.Status != IncomingStatus.Scheduled || at <= run.Now) return lead;
        told.Add(report => report.Note("Is to appear later, and the picture above it is left off: it has no text alternative", came.Headline));
        return null;
    }

    /// <summary>From where it is here to where it was there. What readers have had they keep, unless it was taken from them there.</summary>
    private void Advance(Article article, IncomingArticle came, DateTime at, List<Action<ImportReport>> told)
    {
        var isUnpublished = article.Status is ArticleStatus.Draft or ArticleStatus.InReview or ArticleStatus.Scheduled;
        switch (came.Status)
        {
            case IncomingStatus.Published or IncomingStatus.Locked or IncomingStatus.Scheduled when isUnpublished && (at <= run.Now || came.Status != IncomingStatus.Scheduled):
                article.MoveIn(Earliest(at), run.Zone, ImportRun.By);
                if (came.Status == IncomingStatus.Locked) article.Withdraw(came.LockedBecause, Earliest(at), ImportRun.By);
                break;
            case IncomingStatus.Locked when article.Status == ArticleStatus.Published:
                article.Withdraw(came.LockedBecause, run.Now, ImportRun.By);
                break;
            case IncomingStatus.Scheduled when isUnpublished:
                article.Schedule(at, run.Now, ImportRun.By);
                break;
            case IncomingStatus.Pending when article.Status == ArticleStatus.Draft:
                article.Submit(Earliest(at), ImportRun.By);
                break;
            case IncomingStatus.Trashed when isUnpublished:
                article.Discard(run.Now, ImportRun.By);
                break;
            case not (IncomingStatus.Published or IncomingStatus.Locked or IncomingStatus.Scheduled) when article.Status == ArticleStatus.Published:
                article.Withdraw("It was taken back.", run.Now, ImportRun.By);
                break;
            case IncomingStatus.Private:
                told.Add(report => report.Note("Was private: a draft here", article.Headline));
                break;
        }
    }

    /// <summary>An address names one article: where another has it, a number follows.</summary>
    private async Task FindRoomAsync(List<(IncomingArticle Came, Article Ours, ImportedItem? Item)> written, List<Action<ImportReport>> told)
    {
        var (years, slugs) = (written.Select(w => w.Ours.Year).OfType<int>().Distinct().ToList(), written.Select(w => w.Ours.Slug).Distinct().ToList());
        var there = await run.Db.Articles.AsNoTracking().Where(a => years.Contains(a.Year!.Value) && slugs.Contains(a.Slug)).Select(a => new { a.Id, a.Year, a.Month, a.Slug }).ToListAsync();
        var taken = there.ToLookup(a => (a.Year, a.Month, a.Slug), a => a.Id);
        HashSet<(int?, int?, string)> given = [];
        foreach (var (came, ours, _) in written)
        {
            if (ours.Year is not { } year || ours.Month is not { } month) continue;
            var slug = ours.Slug;
            var isTaken = taken[(year, month, slug)].Any(id => id != ours.Id);
            for (var i = 2; isTaken || given.Contains((year, month, slug)); i++)
            {
                slug = $"{ours.Slug[..Math.Min(ours.Slug.Length, Slug.MaxLength - 6)]}-{i}";
                isTaken = await run.Db.Articles.At(year, month, slug).AnyAsync(a => a.Id != ours.Id);
            }

            given.Add((year, month, slug));
            if (slug == ours.Slug) continue;
            ours.Readdress(slug);
            told.Add(report => report.Note("Another article of the month has its slug: a number follows it", came.Headline));
        }
    }

    private async Task LeaveRedirectsAsync(List<(IncomingArticle Came, Article Ours, ImportedItem? Item)> written, Dictionary<Article, string> before, List<Action<ImportReport>> told)
    {
        var moved = written.Where(w => w.Ours.Year is not null).Select(w => (w.Ours, AddressOf(w.Ours), w.Came.Paths)).ToList();
        // Readers know the address it had here, too.
        await paths.LeaveAsync(before.Where(b => b.Value != AddressOf(b.Key)).Select(b => (b.Key, AddressOf(b.Key), (IReadOnlyList<string>)[b.Value])), told.Add);
        await run.Db.SaveChangesAsync();
        foreach (var (came, ours, _) in written.Where(w => w.Ours.Year is not null))
        {
            if (came.Question.Length > 0 && terms.Folder.Length == 0) told.Add(report => report.Answers(came.Question, $"301 to {AddressOf(ours)}"));
            else if (came.Paths.Count == 0) told.Add(report => report.Note("Its old address is not known", ours.Headline));
        }

        await paths.LeaveAsync(moved, told.Add);
    }

    /// <summary>What stuck to the front page is pinned to ours, as long as there is room.</summary>
    private async Task PinAsync(List<(IncomingArticle Came, Article Ours, ImportedItem? Item)> written, List<Action<ImportReport>> told)
    {
        foreach (var (came, ours, item) in written.Where(w => w.Came.IsSticky && w.Item is null && w.Ours.Status == ArticleStatus.Published))
        {
            var pinned = await run.Db.HomeSlots.CountAsync() + run.Db.HomeSlots.Local.Count(s => s.Id == 0);
            if (pinned < PinnedAtMost) run.Db.HomeSlots.Add(new HomeSlot(pinned, ours));
            else told.Add(report => report.Note("Was sticky, and the front page has no more room for pinned articles", came.Headline));
        }
    }

    private static bool IsTooLong(IncomingArticle came) => came.Body.Source.Length > ArticleBody.MaxLength;

    private DateTime At(IncomingArticle came, List<Action<ImportReport>> told)
    {
        if (came.At is { } at) return at;
        if (came.Status is IncomingStatus.Published or IncomingStatus.Locked) told.Add(report => report.Note("Has no date: it takes that of its import", came.Headline));
        return came.ChangedAt ?? run.Now;
    }

    private DateTime Earliest(DateTime at) => at < run.Now ? at : run.Now;

    private static string Headline(IncomingArticle came, string body, List<Action<ImportReport>> told)
    {
        if (came.Headline.Length > Article.HeadlineLength) told.Add(report => report.Note($"Its headline is cut to {Article.HeadlineLength} characters", came.Headline[..60]));
        if (came.Headline.Length > 0) return ImportRun.Cut(came.Headline, Article.HeadlineLength);

        told.Add(report => report.Note("Has no headline: its first words take the place", came.Id));
        return FirstSentence(body) is { Length: > 0 } words ? ImportRun.Cut(words, 80) : "Untitled";
    }

    private static string FirstSentence(string markdown)
    {
        var text = ArticleBody.Press(markdown[..Math.Min(markdown.Length, 4000)]).Text;
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end > 0 ? text[..(end + 1)] : text;
    }

    private static string SlugOf(IncomingArticle came) =>
        Slug.From(came.Slug) is { Length: > 0 } own ? own : Slug.From(came.Headline) is { Length: > 0 } named ? named : Slug.From($"article {came.Id}");

    private static string? Some(string text, int atMost) => text.Length == 0 ? null : ImportRun.Cut(text, atMost);

    internal static string AddressOf(Article article) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/{article.Year:0000}/{article.Month:00}/{article.Slug}");

    private string HashOf(IncomingArticle came) => ImportRun.WithPictures(ImportRun.Hash(new
    {
        came.Headline,
        came.Slug,
        came.Status,
        came.Body.Source,
        came.Excerpt,
        came.At,
        came.Paths,
        Authors = came.Authors.Select(a => a.Key),
        came.Categories,
        came.Tags,
        came.IsSticky,
        came.CommentsOpen,
        came.SocialTitle,
        came.SocialDescription,
        came.FeaturedPicture,
        came.PictureAlt,
        came.PictureCaption,
    }), pictures.Of(came.FeaturedPicture) is { } lead ? came.Body.Arrived.Prepend(lead) : came.Body.Arrived);

    /// <summary>All that can be edited here; that the schedule has published it is no edit.</summary>
    private static string Mark(Article article) => ImportRun.Hash(new
    {
        Text = Manuscript.Of(article),
        Status = article.Status == ArticleStatus.Scheduled ? ArticleStatus.Published : article.Status,
    });
}

/// <summary>Articles on their way in.</summary>
/// <param name="Hashes">Of each as the source has it, by its id there.</param>
/// <param name="Set">Ends when the texts that are new are our Markdown, and pressed.</param>
internal sealed record ArticleBatch(IReadOnlyList<IncomingArticle> Articles, IReadOnlyDictionary<string, string> Hashes, Task Set);
