using System.Globalization;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Tags;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// A piece, from first draft to withdrawal. It is pressed when it is written: HTML, card text, words and links
/// are made from the Markdown once, never when it is read. All times are UTC.
/// </summary>
public class Article
{
    public const int HeadlineLength = 200;
    public const int KeyPointsAtMost = 5;
    public const int CardTextLength = 1000;

    private readonly List<Byline> _bylines = [];
    private readonly List<FurtherCategory> _furtherCategories = [];
    private readonly List<ArticleTag> _tags = [];
    private readonly List<ArticleLink> _links = [];
    private readonly List<Correction> _corrections = [];
    private readonly List<Revision> _revisions = [];

    private Article()
    {
    }

    public Article(string headline, DateTime now)
    {
        (CreatedAt, EditedAt) = (now, now);
        Headline = headline;
        Slug = Core.Slug.From(headline);
    }

    /// <param name="writerId">The account that began it: its own piece.</param>
    public Article(string headline, int writerId, DateTime now) : this(headline, now) => WriterId = writerId;

    public int Id { get; private set; }

    public string Headline { get; private set; } = "";

    /// <summary>The last part of the address; unique within the month of first publication.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Year and month of first publication in the site's time zone: part of the address, fixed then.</summary>
    public int? Year { get; private set; }

    /// <inheritdoc cref="Year"/>
    public int? Month { get; private set; }

    public ArticleStatus Status { get; private set; } = ArticleStatus.Draft;

    public DateTime CreatedAt { get; private set; }

    /// <summary>The account whose piece it is; null for what came from elsewhere.</summary>
    public int? WriterId { get; private set; }

    /// <summary>The last time anybody in the newsroom did something to it.</summary>
    public DateTime EditedAt { get; private set; }

    /// <summary>Why it was sent back; gone once it is submitted again.</summary>
    public string? ReviewNote { get; private set; }

    /// <summary>First publication. A mended or restored piece keeps it.</summary>
    public DateTime? PublishedAt { get; private set; }

    /// <summary>The last update or correction a reader should know of; a mended typo leaves it alone.</summary>
    public DateTime? UpdatedAt { get; private set; }

    public DateTime? ScheduledFor { get; private set; }

    /// <summary>Until then no reader may see it, whatever else is planned: it cannot be published before.</summary>
    public DateTime? EmbargoedUntil { get; private set; }

    /// <summary>When it is to be taken back by itself, and why.</summary>
    public DateTime? WithdrawalFor { get; private set; }

    public string? WithdrawalReason { get; private set; }

    public DateTime? WithdrawnAt { get; private set; }

    public string? WithdrawnReason { get; private set; }

    /// <summary>Raised by every save: the concurrency token.</summary>
    public int Version { get; private set; }

    public int? CategoryId { get; private set; }

    /// <summary>The primary category: the one label above the headline.</summary>
    public Category? Category { get; private set; }

    public LeadPicture? Picture { get; private set; }

    /// <summary>One sentence for cards and search engines; without one the first key point serves.</summary>
    public string? Summary { get; private set; }

    /// <summary>What cards and feeds print under the headline: plain text, pressed.</summary>
    public string CardText { get; private set; } = "";

    /// <summary>Words of key points, take and body together.</summary>
    public int Words { get; private set; }

    /// <summary>Minutes, pressed from <see cref="Words"/>.</summary>
    public int ReadingMinutes { get; private set; } = 1;

    public bool CommentsOpen { get; private set; } = true;

    /// <summary>Approved comments. Kept by the save, never counted on a reader's request.</summary>
    public int CommentCount { get; private set; }

    public string? SocialTitle { get; private set; }

    public string? SocialDescription { get; private set; }

    /// <summary>Up to five plain sentences with simple emphasis.</summary>
    public List<string> KeyPoints { get; private set; } = [];

    public OurTake? Take { get; private set; }

    /// <summary>Markdown, as written.</summary>
    public string Body { get; private set; } = "";

    /// <summary>Pressed: safe HTML, with links to own articles still as markers (<see cref="ArticlePrint"/>).</summary>
    public string BodyHtml { get; private set; } = "";

    public IReadOnlyList<Byline> Bylines => _bylines;

    public IReadOnlyList<FurtherCategory> FurtherCategories => _furtherCategories;

    public IReadOnlyList<ArticleTag> Tags => _tags;

    public IReadOnlyList<ArticleLink> Links => _links;

    public IReadOnlyList<Correction> Corrections => _corrections;

    public IReadOnlyList<Revision> Revisions => _revisions;

    /// <summary>Sets the text and presses it.</summary>
    /// <param name="note">What is to be said of it in the history, such as which version was brought back.</param>
    public void Write(ArticleText text, DateTime now, string by = "", string note = "")
    {
        Headline = text.Headline.Trim();
        // A list is stored as one value, beyond the reach of the store's own care for each text.
        KeyPoints = [.. text.KeyPoints.Select(p => StorableTextConverter.Storable(p.Trim())).Where(p => p.Length > 0).Take(KeyPointsAtMost)];
        Summary = string.IsNullOrWhiteSpace(text.Summary) ? null : text.Summary.Trim();
        Take = text.Take;
        Body = text.Body;
        if (PublishedAt is null && text.Slug is { Length: > 0 }) Slug = Core.Slug.From(text.Slug);
        else if (PublishedAt is null) Slug = Core.Slug.From(Headline);

        Press();
        Record(ArticleAct.Written, by, now, note);
    }

    /// <summary>Takes a text over from another store of the paper, letter for letter: nobody here has written it, and the history does not say so.</summary>
    internal void Receive(ArticleText text)
    {
        (Headline, Slug, Summary, Take, Body) = (text.Headline, text.Slug ?? "", text.Summary, text.Take, text.Body);
        KeyPoints = [.. text.KeyPoints];
        Press();
    }

    /// <summary>Makes everything readers see from what was written. Also run when the press itself has changed.</summary>
    public void Press()
    {
        var body = ArticleBody.Press(Body);
        BodyHtml = body.Html;
        Words = body.Words + KeyPoints.Sum(CountWords) + CountWords(Take?.Text);
        ReadingMinutes = ArticleBody.ReadingMinutes(Words);
        CardText = Summary ?? (KeyPoints.Count > 0 ? Cut(LightMarkdown.Plain(KeyPoints[0]), CardTextLength) : FirstSentence(body.Text));
        Take?.Press();

        var linked = body.LinkedArticles.Where(id => id != Id).ToHashSet();
        _links.RemoveAll(link => !linked.Contains(link.TargetId));
        foreach (var id in linked.Where(id => _links.All(link => link.TargetId != id))) _links.Add(new(id));
    }

    public void FileUnder(Category primary, params IEnumerable<Category> further)
    {
        Category = primary;
        CategoryId = primary.Id;
        // What stays is left alone: a row taken away and put back under the same key would be two.
        var wanted = further.Where(c => c != primary).Distinct().ToList();
        _furtherCategories.RemoveAll(f => !wanted.Any(f.Is));
        _furtherCategories.AddRange(wanted.Where(c => !_furtherCategories.Any(f => f.Is(c))).Select(c => new FurtherCategory(c)));
    }

    /// <summary>A draft may be without a category.</summary>
    public void FileUnderNothing()
    {
        (Category, CategoryId) = (null, null);
        _furtherCategories.Clear();
    }

    public void TagWith(params IEnumerable<Tag> tags)
    {
        var wanted = tags.DistinctBy(t => t.Slug).ToList();
        _tags.RemoveAll(t => !wanted.Any(t.Is));
        for (var i = 0; i < wanted.Count; i++)
        {
            if (_tags.Find(t => t.Is(wanted[i])) is { } known) known.Place(i);
            else _tags.Add(new ArticleTag(wanted[i], i));
        }
    }

    /// <summary>Sets who wrote it, in byline order. Names that readers have seen stay as they were.</summary>
    public void Sign(params IEnumerable<Author> authors)
    {
        var wanted = authors.Distinct().ToList();
        _bylines.RemoveAll(b => !wanted.Any(b.Is));
        for (var i = 0; i < wanted.Count; i++)
        {
            if (_bylines.Find(b => b.Is(wanted[i])) is { } known) known.Place(i);
            else _bylines.Add(new Byline(wanted[i], i));
        }
    }

    public void Illustrate(LeadPicture? picture) => Picture = picture;

    public void ShareAs(string? title, string? description) => (SocialTitle, SocialDescription) = (title, description);

    public void OpenComments(bool open) => CommentsOpen = open;

    /// <summary>
    /// What still stands between the piece and its readers, in words an editor can act on. Links that lead to no
    /// article are known to the store alone: <see cref="PublishCheck"/>.
    /// </summary>
    public IEnumerable<Missing> WhatIsMissing()
    {
        if (Headline.Length == 0) yield return new(nameof(Manuscript.Headline), "a headline");
        if (Slug.Length == 0) yield return new(nameof(Manuscript.Slug), "a slug");
        if (KeyPoints.Count == 0) yield return new(nameof(Manuscript.KeyPoints), "a key point");
        if (CategoryId is null && Category is null) yield return new(nameof(Manuscript.CategoryId), "a category");
        if (_bylines.Count == 0) yield return new(nameof(Manuscript.AuthorIds), "an author");
        if (Take is { Text.Length: 0 }) yield return new(nameof(Manuscript.Take), "our take itself, or no attribution of it");
        if (Take is { Attribution.Length: 0 }) yield return new(nameof(Manuscript.TakeBy), "an attribution of our take");
        if (Picture is { IsDecorative: false, Alt: "" }) yield return new(nameof(Manuscript.PictureAlt), "a text alternative for the picture");
        else if (Picture is { IsDecorative: false } picture && FileName.Resembles(picture.Alt, picture.Address))
            yield return new(nameof(Manuscript.PictureAlt), "a text alternative that is not the picture’s file name");
    }

    public void Submit(DateTime now, string by = "")
    {
        Expect(ArticleStatus.Draft);
        Status = ArticleStatus.InReview;
        ReviewNote = null;
        Record(ArticleAct.Submitted, by, now);
    }

    /// <summary>Hands it back to its writer, who reads why.</summary>
    public void SendBack(string reason, DateTime now, string by = "")
    {
        Expect(ArticleStatus.InReview, ArticleStatus.Scheduled);
        (Status, ScheduledFor, ReviewNote) = (ArticleStatus.Draft, null, reason);
        Record(ArticleAct.SentBack, by, now, reason);
    }

    public void Schedule(DateTime when, DateTime now, string by = "")
    {
        if (WhatIsMissing().Any()) throw new InvalidOperationException($"Article {Id} is not ready to be scheduled.");
        Expect(ArticleStatus.Draft, ArticleStatus.InReview, ArticleStatus.Scheduled);
        Status = ArticleStatus.Scheduled;
        ScheduledFor = when;
        Record(ArticleAct.Scheduled, by, now);
    }

    /// <summary>Shows the piece to readers. <paramref name="siteZone"/> decides the month in its address.</summary>
    public void Publish(DateTime now, TimeZoneInfo siteZone, string by = "")
    {
        if (WhatIsMissing().Any()) throw new InvalidOperationException($"Article {Id} is not ready to publish.");
        if (IsEmbargoed(now)) throw new InvalidOperationException($"Article {Id} is under embargo.");

        Appear(now, siteZone, by);
    }

    /// <summary>
    /// Readers have had it already, in another system, since <paramref name="at"/>: it keeps that day, and nothing is asked of
    /// it but what an address and a page cannot do without.
    /// </summary>
    public void MoveIn(DateTime at, TimeZoneInfo siteZone, string by = "")
    {
        if (Headline.Length == 0 || Slug.Length == 0 || _bylines.Count == 0 || CategoryId is null && Category is null)
            throw new InvalidOperationException($"Article {Id} cannot have a page.");
        Expect(ArticleStatus.Draft, ArticleStatus.InReview, ArticleStatus.Scheduled);
        Appear(at, siteZone, by);
    }

    /// <summary>Tells readers that the piece says something new since its publication.</summary>
    public void Update(DateTime now, string by = "")
    {
        Expect(ArticleStatus.Published);
        UpdatedAt = now;
        Record(ArticleAct.Updated, by, now);
    }

    /// <summary>Adds a dated note on what was wrong.</summary>
    public void Correct(string note, DateTime now, string by = "") => Tell(new(note, now, isClarification: false), ArticleAct.Corrected, by);

    /// <summary>Adds a dated note on what could be misread.</summary>
    public void Clarify(string note, DateTime now, string by = "") => Tell(new(note, now, isClarification: true), ArticleAct.Clarified, by);

    /// <summary>Takes the piece from every public surface; its address answers 410 with <paramref name="reason"/>.</summary>
    public void Withdraw(string reason, DateTime now, string by = "")
    {
        Expect(ArticleStatus.Published);
        Status = ArticleStatus.Withdrawn;
        (WithdrawnAt, WithdrawnReason) = (now, reason);
        (WithdrawalFor, WithdrawalReason) = (null, null);
        Record(ArticleAct.Withdrawn, by, now, reason);
    }

    /// <summary>Has it taken back by itself at <paramref name="when"/>; null leaves it where it is after all.</summary>
    public void PlanWithdrawal(DateTime? when, string reason, DateTime now, string by = "")
    {
        Expect(ArticleStatus.Published);
        (WithdrawalFor, WithdrawalReason) = (when, when is null ? null : reason);
        Record(ArticleAct.WithdrawalPlanned, by, now, when is null ? "not any more" : reason);
    }

    /// <summary>Puts it where nobody looks, until somebody brings it back or its time is over (<see cref="Trash"/>).</summary>
    public void Discard(DateTime now, string by = "")
    {
        Expect(ArticleStatus.Draft, ArticleStatus.InReview, ArticleStatus.Scheduled, ArticleStatus.Withdrawn);
        (Status, ScheduledFor) = (ArticleStatus.Trashed, null);
        Record(ArticleAct.Trashed, by, now);
    }

    /// <summary>What readers have had is unpublished again, anything else a draft.</summary>
    public void BringBack(DateTime now, string by = "")
    {
        Expect(ArticleStatus.Trashed);
        Status = PublishedAt is null ? ArticleStatus.Draft : ArticleStatus.Withdrawn;
        Record(ArticleAct.BroughtBack, by, now);
    }

    public bool IsEmbargoed(DateTime now) => EmbargoedUntil > now;

    /// <summary>No reader sees it before <paramref name="until"/>. What readers have already cannot be kept from them.</summary>
    public void Embargo(DateTime? until, DateTime now)
    {
        if (until > now && Status == ArticleStatus.Published) throw new InvalidOperationException($"Article {Id} is public already.");
        EmbargoedUntil = until;
    }

    /// <summary>Gives a piece that readers know another slug in the same month; the caller leaves a redirect.</summary>
    public void Readdress(string slug) => Slug = Core.Slug.From(slug);

    /// <summary>Keeps a text that could not be saved, because others had written in the same places, beside the history.</summary>
    public void Branch(Manuscript text, int baseVersion, DateTime now, string by) =>
        _revisions.Add(Revision.BranchOf(text, baseVersion, by, now));

    private void Appear(DateTime now, TimeZoneInfo siteZone, string by)
    {
        if (PublishedAt is null)
        {
            PublishedAt = now;
            var local = TimeZoneInfo.ConvertTimeFromUtc(now, siteZone);
            (Year, Month) = (local.Year, local.Month);
            foreach (var byline in _bylines) byline.Freeze();
        }

        Status = ArticleStatus.Published;
        (ScheduledFor, ReviewNote) = (null, null);
        (WithdrawnAt, WithdrawnReason) = (null, null);
        Record(ArticleAct.Published, by, now);
    }

    private void Tell(Correction note, ArticleAct act, string by)
    {
        Expect(ArticleStatus.Published);
        UpdatedAt = note.At;
        _corrections.Add(note);
        Record(act, by, note.At);
    }

    private void Expect(params ReadOnlySpan<ArticleStatus> allowed)
    {
        if (!allowed.Contains(Status))
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Article {Id} is {Status}."));
    }

    private void Record(ArticleAct act, string by, DateTime now, string note = "")
    {
        EditedAt = now;
        _revisions.Add(new Revision(act, by, now, note));
    }

    private static int CountWords(string? text) =>
        string.IsNullOrEmpty(text) ? 0 : text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        var sentence = end is > 0 and < 220 ? text[..(end + 1)] : text;
        return Cut(sentence, 220);
    }

    private static string Cut(string text, int atMost)
    {
        if (text.Length <= atMost) return text;
        var end = text.LastIndexOf(' ', atMost - 1);
        return text[..(end > 0 ? end : atMost - 1)] + "…";
    }
}
