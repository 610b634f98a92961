using System.Globalization;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;

namespace BlueTechWave.Core.Demo;

/// <summary>Takes the pieces through the same acts as a reporter and her editor would.</summary>
internal sealed partial class DemoArticles(NewsDbContext db, DemoCast cast, DateTime now, TimeZoneInfo zone)
{
    private const int SavedAtOnce = 10;
    private const int PictureWidth = 1200;
    private const int PictureHeight = 800;

    private static readonly TimeSpan Writing = TimeSpan.FromHours(5);
    private static readonly TimeSpan Doubt = TimeSpan.FromDays(2);

    private readonly Dictionary<string, Article> _articles = [];

    public async Task<IReadOnlyDictionary<string, Article>> LoadAsync(IReadOnlyList<ArticleFile> files, IProgress<DemoProgress> progress)
    {
        // Blank sheets first: a link to a piece needs its number.
        var inOrder = files.OrderBy(PublishedAt).ToList();
        foreach (var file in inOrder) _articles.Add(file.Slug, new Article(file.Headline, PublishedAt(file) - Writing));
        db.Articles.AddRange(_articles.Values);
        await db.SaveChangesAsync();

        for (var i = 0; i < inOrder.Count; i++)
        {
            Make(_articles[inOrder[i].Slug], inOrder[i]);
            // A save costs far more than an article in it.
            if ((i + 1) % SavedAtOnce == 0 || i + 1 == inOrder.Count) await db.SaveChangesAsync();
            progress.Report(new(i + 1, inOrder.Count));
        }

        return _articles;
    }

    private void Make(Article article, ArticleFile file)
    {
        var at = PublishedAt(file);
        var authors = file.Authors.Select(slug => cast.Author(slug, file.File)).ToList();
        if (authors.Count == 0) throw DemoContent.Fault(file.File, "no author.");
        var by = authors[0].Name;

        article.FileUnder(cast.Category(file.Category, file.File), file.AlsoIn.Select(path => cast.Category(path, file.File)));
        article.TagWith(file.Tags.Select(cast.Tag));
        article.Sign(authors);
        if (file.Picture is { } picture)
            article.Illustrate(new LeadPicture($"/img/art/pic-{picture.Art}.svg", PictureWidth, PictureHeight, picture.Alt, picture.Caption, picture.Credit));

        article.Write(new ArticleText(file.Headline, file.KeyPoints, Body(file), Take(file), file.Summary, file.Slug), at - Writing, by);

        switch (file.Status)
        {
            case "draft": break;
            case "in-review": article.Submit(at, by); break;
            case "scheduled": article.Schedule(now.AddHours(file.HoursAhead ?? throw DemoContent.Fault(file.File, "no hours-ahead.")), at, by); break;
            case "published": Publish(article, file, at, by); break;
            case "withdrawn":
                Publish(article, file, at, by);
                article.Withdraw(file.Reason ?? throw DemoContent.Fault(file.File, "no reason."), at + Doubt, by);
                break;
            default: throw DemoContent.Fault(file.File, $"no status “{file.Status}”.");
        }
    }

    private void Publish(Article article, ArticleFile file, DateTime at, string by)
    {
        if (file is { Published: null, HoursAgo: null }) throw DemoContent.Fault(file.File, "neither published nor hours-ago.");
        if (article.WhatIsMissing().ToList() is { Count: > 0 } missing) throw DemoContent.Fault(file.File, $"lacks {string.Join(", ", missing)}.");

        article.Publish(at, zone, by);
        if (file.Updated is { } updated) article.Update(DemoContent.Moment(updated, file.File), by);
        if (file.Correction is { } correction) article.Correct(correction.Text, DemoContent.Moment(correction.At, file.File), by);
    }

    private OurTake? Take(ArticleFile file)
    {
        if (file.Take is null) return null;
        var by = cast.Author(file.TakeBy ?? throw DemoContent.Fault(file.File, "a take without take-by."), file.File);
        return new OurTake(file.Take, by.Name, by.Title);
    }

    /// <summary>Who paid is said under the text, in every place the text goes to.</summary>
    private string Body(ArticleFile file)
    {
        var body = LinkBySlug().Replace(file.Body, link => _articles.TryGetValue(link.Groups[2].Value, out var target)
            ? string.Create(CultureInfo.InvariantCulture, $"{link.Groups[1].Value}article:{target.Id}{link.Groups[3].Value}")
            : throw DemoContent.Fault(file.File, $"links to “{link.Groups[2].Value}”, which is not there."));
        return file.Sponsor is null ? body : $"{body}\n*Paid for by {file.Sponsor}.*\n";
    }

    /// <summary>What is not published yet was last touched yesterday.</summary>
    private DateTime PublishedAt(ArticleFile file) => file switch
    {
        { Published: { } date } => DemoContent.Moment(date, file.File),
        { HoursAgo: { } hours } => now.AddHours(-hours),
        _ => now.AddDays(-1),
    };

    [GeneratedRegex(@"([<(])article:([a-z0-9-]+)([>)])")]
    private static partial Regex LinkBySlug();
}
