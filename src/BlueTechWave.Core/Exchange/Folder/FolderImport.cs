using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pages;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Core.Settings;
using BlueTechWave.Core.Tags;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange.Folder;

/// <summary>What became of a folder: taken whole, or why nothing of it was.</summary>
/// <param name="Faults">A line each; none if all is well.</param>
public sealed record FolderReport(IReadOnlyList<string> Faults, IReadOnlyDictionary<string, int> Counts)
{
    public bool IsGood => Faults.Count == 0;
}

/// <summary>
/// Makes an empty store the paper that an export was made of. All of it is looked over first; then it is written in one
/// transaction, so that a run that is killed leaves the store as empty as it was. Things keep their numbers: texts, links from
/// elsewhere and anchors name them.
/// </summary>
public sealed class FolderImport(NewsDbContext db, PictureLibrary library, string folder, DateTime now)
{
    private const int AtOnce = 100;
    private const int LinesAtOnce = 500;

    private readonly FolderSource _source = new(folder);

    public async Task<FolderReport> RunAsync(bool isDryRun, IProgress<ExchangeProgress> progress, CancellationToken cancellation = default)
    {
        var faults = new FolderFaults();
        if (await WhatIsThereAsync() is { } there) faults.Add("", $"the store is not empty: it has {there}. A folder is taken into an empty one.");
        else await _source.CheckAsync(faults, cancellation);

        var check = new FolderCheck(_source, faults);
        if (!faults.Any) check.Run(cancellation);
        if (!faults.Any && !isDryRun) await TakeAsync(check, faults, progress, cancellation);
        return new(faults.Lines, faults.Any ? new Dictionary<string, int>() : _source.Manifest.Counts);
    }

    private async Task<string?> WhatIsThereAsync()
    {
        if (await db.Articles.AnyAsync()) return "articles";
        if (await db.Categories.AnyAsync()) return "categories";
        if (await db.Tags.AnyAsync()) return "tags";
        if (await db.Authors.AnyAsync()) return "authors";
        if (await db.Pictures.AnyAsync()) return "pictures";
        if (await db.Pages.AnyAsync()) return "pages";
        if (await db.MenuItems.AnyAsync() || await db.SocialLinks.AnyAsync()) return "menus";
        if (await db.CommentRules.AnyAsync()) return "rules for comments";
        return await db.Redirects.AnyAsync() ? "redirects" : null;
    }

    private async Task TakeAsync(FolderCheck check, FolderFaults faults, IProgress<ExchangeProgress> progress, CancellationToken cancellation)
    {
        using var unaudited = db.Unaudited();
        using var unheralded = db.Unheralded();
        await using var all = await db.Database.BeginTransactionAsync(cancellation);
        try
        {
            await TakePicturesAsync(cancellation);
            await TakeTermsAsync(check);
            await TakePagesAsync();
            await TakeFrameAsync(check);
            await TakeArticlesAsync(check, progress, cancellation);
            await TakeRestAsync(check, cancellation);
            db.Audit.Add(new AuditEntry(Actor.CommandLine, "Import", null, ImportRun.Cut(_source.Manifest.Site, AuditEntry.NameLength), "Imported", $"A folder of {_source.Manifest.Made:yyyy-MM-dd HH:mm}Z", now));
            await db.SaveChangesAsync(CancellationToken.None);
            await db.GoOnCountingAsync();
            await all.CommitAsync(CancellationToken.None);
        }
        catch (Exception wrong) when (wrong is DbUpdateException or PictureRefusedException)
        {
            faults.Add("", $"it cannot be stored, and nothing of it was: {(wrong.InnerException ?? wrong).Message.ReplaceLineEndings(" ")}");
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task TakePicturesAsync(CancellationToken cancellation)
    {
        foreach (var line in _source.Lines<PictureLine>("pictures.jsonl"))
        {
            cancellation.ThrowIfCancellationRequested();
            if (_source.LengthOf(line.File) > library.Limits.Bytes) throw new PictureRefusedException($"{line.File} is larger than {library.Limits.Bytes >> 20:N0} MB.");
            var picture = await library.RestoreAsync(line.Name, await _source.BytesAsync(line.File), line.Added);
            picture.Describe(line.Alt, line.Decorative, line.Caption, line.Credit, line.Source);
            picture.Focus(line.FocusX, line.FocusY);
            picture.Permit(line.EmbargoedUntil, line.RightsUntil, now);
            if (line.Trashed is { } at) picture.Discard(at);
            db.Add(db.Entry(picture).Was(p => p.Id, line.Id).Entity);
            await SaveAsync();
        }
    }

    private async Task TakeTermsAsync(FolderCheck check)
    {
        foreach (var (shape, parent) in check.Categories.Values)
        {
            var category = new Category(shape.Name, null, shape.Description ?? "", shape.PaidFor);
            category.PlaceAt(shape.Position);
            db.Add(db.Entry(category).Was(c => c.Id, shape.Id).Was(c => c.Slug, shape.Slug).Was(c => c.ParentId, parent).Entity);
        }

        foreach (var shape in check.Tags.Values) db.Add(db.Entry(new Tag(shape.Name, shape.Slug)).Was(t => t.Id, shape.Id).Entity);
        foreach (var shape in check.Authors.Values)
        {
            var author = new Author(shape.Name, shape.Title ?? "", shape.Bio ?? "", shape.Tips, shape.Slug);
            author.Portray(shape.Picture);
            db.Add(db.Entry(author).Was(a => a.Id, shape.Id).Entity);
        }

        await SaveAsync();
    }

    private async Task TakePagesAsync()
    {
        foreach (var (matter, body) in _source.Pages.Select(_source.Markdown<PageMatter>).OrderBy(p => p.Matter.Id))
        {
            var page = new StandingPage(matter.Slug, matter.Title);
            page.Write(matter.Title, matter.Description ?? "", body, matter.Revised);
            db.Add(db.Entry(page).Was(p => p.Id, matter.Id).Entity);
        }

        await SaveAsync();
    }

    private async Task TakeFrameAsync(FolderCheck check)
    {
        if (check.Settings.Site is { } own)
        {
            var settings = await db.Settings.SingleOrDefaultAsync() ?? db.Settings.Add(new()).Entity;
            settings.Introduce(own.Tagline ?? "", own.FooterText ?? "");
            settings.Arrange(!own.BreadcrumbWithoutCategories, FrontMatter.Named<RelatedOrder>(own.RelatedOrder));
            settings.ShowPerPage(own.ArticlesPerPage);
        }

        if (check.Settings.Discussions is { } said)
        {
            var settings = await db.CommentSettings.SingleOrDefaultAsync() ?? db.CommentSettings.Add(new()).Entity;
            settings.Discuss(FrontMatter.Named<CommentPolicy>(said.Policy), said.ClosesAfterDays, said.EditMinutes, said.Depth);
            settings.Score(!said.ScorerIsOff, said.HoldAt, said.SpamAt);
        }

        db.SocialLinks.AddRange(check.Settings.Social.Select(s => new SocialLink(s.Network, s.Label, s.Url ?? "", s.HeaderPosition, s.FooterPosition)));
        db.CommentRules.AddRange(check.Settings.CommentRules.Select(FolderCheck.RuleOf));
        await HangAsync(check, MenuPlace.Header, check.Menus.Header, null);
        await HangAsync(check, MenuPlace.Footer, check.Menus.Footer, null);
        await SaveAsync();
    }

    private async Task HangAsync(FolderCheck check, MenuPlace place, List<MenuShape> entries, MenuItem? parent)
    {
        foreach (var entry in entries)
        {
            var category = entry.Category is { } path ? await db.Categories.FindAsync(check.Categories[path].Shape.Id) : null;
            var page = entry.Page is { } slug ? await db.Pages.SingleAsync(p => p.Slug == slug) : null;
            var item = db.MenuItems.Add(new(place, entry.Label ?? "", entry.Position, parent, category, page, entry.Url)).Entity;
            await HangAsync(check, place, entry.Entries, item);
        }
    }

    private async Task TakeArticlesAsync(FolderCheck check, IProgress<ExchangeProgress> progress, CancellationToken cancellation)
    {
        var articles = new FolderArticles(db, check);
        var (done, all) = (0, _source.Manifest.Counts.GetValueOrDefault("articles"));
        foreach (var batch in _source.Articles.Chunk(AtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            await articles.TakeAsync([.. batch.Select(file => new FolderArticle(_source.Markdown<ArticleMatter>(file), _source.Lines<RevisionLine>(FolderSource.HistoryOf(file))))]);
            await SaveAsync();
            foreach (var file in batch)
            {
                if (!_source.Has(FolderSource.CommentsOf(file))) continue;
                var article = _source.Markdown<ArticleMatter>(file).Matter.Id;
                foreach (var comments in _source.Lines<CommentLine>(FolderSource.CommentsOf(file)).Chunk(LinesAtOnce))
                {
                    db.Comments.AddRange(comments.Select(line => articles.Said(article, line)));
                    await SaveAsync();
                }
            }

            progress.Report(new(done += batch.Length, all));
        }
    }

    private async Task TakeRestAsync(FolderCheck check, CancellationToken cancellation)
    {
        foreach (var slot in check.Home) db.Add(db.Entry(new HomeSlot(slot.Position, null!, slot.From, slot.Until)).Was(s => s.ArticleId, slot.Article).Entity);
        await SaveAsync();
        foreach (var lines in _source.Lines<RedirectLine>("redirects.jsonl").Chunk(LinesAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var line in lines) db.Add(db.Entry(new Redirect(line.From, line.To!)).Was(r => r.ArticleId, line.Article).Entity);
            await SaveAsync();
        }

        foreach (var lines in _source.Lines<ViewsLine>("views.jsonl").Chunk(LinesAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            db.AddRange(lines.Select(line => new ArticleViews(line.Article, line.Day, line.Views)));
            await SaveAsync();
        }
    }

    private async Task SaveAsync()
    {
        await db.SaveChangesAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
    }
}
