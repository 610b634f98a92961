using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange.Folder;

/// <summary>How far an export or import has come, in articles.</summary>
public readonly record struct ExchangeProgress(int Done, int Of);

/// <summary>What the paper is called, for whoever finds the folder.</summary>
public sealed record ExportedSite(string Name, string? Address, string TimeZone);

/// <summary>
/// Writes the whole paper into a folder of plain files, a few articles in memory at a time. It reads one state of the store, however
/// long it takes and whatever is saved meanwhile.
/// </summary>
public sealed class FolderExport(NewsDbContext db, IPictureStore pictures, ExportedSite site, DateTime now)
{
    private const int AtOnce = 100;

    private readonly Dictionary<string, int> _counts = [];

    /// <param name="folder">New or empty.</param>
    /// <returns>How many there are of each kind.</returns>
    public async Task<IReadOnlyDictionary<string, int>> RunAsync(string folder, IProgress<ExchangeProgress> progress, CancellationToken cancellation = default)
    {
        await using var writer = new FolderWriter(folder);
        await using var snapshot = await db.SnapshotAsync(cancellation);
        var paths = await CategoryPaths.OfAsync(db);

        await WriteSettingsAsync(writer);
        await WriteTermsAsync(writer);
        await WriteMenusAsync(writer, paths);
        await WritePagesAsync(writer);
        await WritePicturesAsync(writer, cancellation);
        await WriteArticlesAsync(writer, paths, progress, cancellation);
        await WriteHomeAsync(writer);
        await WriteLinesAsync(writer, "redirects", db.Redirects.OrderBy(r => r.Id).Select(r => new RedirectLine(r.From, r.ArticleId, r.To)), cancellation);
        await WriteLinesAsync(writer, "views", db.ArticleViews.OrderBy(v => v.Day).ThenBy(v => v.ArticleId).Select(v => new ViewsLine(v.ArticleId, v.Day, v.Count)), cancellation);

        await writer.CloseAsync((files, sums) => new(Manifest.FormatName, Manifest.FormatVersion, now, site.Name, site.TimeZone, _counts, files, sums, site.Address));
        return _counts;
    }

    private async Task WriteSettingsAsync(FolderWriter writer)
    {
        var own = await db.Settings.AsNoTracking().SingleOrDefaultAsync();
        var said = await db.CommentSettings.AsNoTracking().SingleOrDefaultAsync();
        await writer.PutAsync("settings.yaml", FrontMatter.Yaml(new SettingsShape
        {
            Site = own is null ? null : new()
            {
                Tagline = Some(own.Tagline),
                FooterText = Some(own.FooterText),
                BreadcrumbWithoutCategories = !own.BreadcrumbShowsCategories,
                RelatedOrder = FrontMatter.Word(own.RelatedOrder),
                ArticlesPerPage = own.ArticlesPerPage,
            },
            Discussions = said is null ? null : new()
            {
                Policy = FrontMatter.Word(said.Policy),
                ClosesAfterDays = said.ClosesAfterDays,
                EditMinutes = said.EditMinutes,
                Depth = said.Depth,
                ScorerIsOff = !said.ScorerIsOn,
                HoldAt = said.HoldAt,
                SpamAt = said.SpamAt,
            },
            Social = [.. (await db.SocialLinks.AsNoTracking().OrderBy(l => l.Id).ToListAsync()).Select(l => new SocialShape { Network = l.Network, Label = l.Label, Url = Some(l.Url), HeaderPosition = l.HeaderPosition, FooterPosition = l.FooterPosition })],
            CommentRules = [.. (await db.CommentRules.AsNoTracking().OrderBy(r => r.Id).ToListAsync()).Select(r => new RuleShape { Kind = FrontMatter.Word(r.Kind), Pattern = r.Pattern, Outcome = FrontMatter.Word(r.Outcome), On = r.IsOn, By = Some(r.By), Created = r.CreatedAt })],
        }));
    }

    private async Task WriteTermsAsync(FolderWriter writer)
    {
        var categories = await db.Categories.AsNoTracking().OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync();
        await writer.PutAsync("categories.yaml", FrontMatter.Yaml(Under(null)));
        Count("categories", categories.Count);

        var tags = await db.Tags.AsNoTracking().OrderBy(t => t.Id).ToListAsync();
        await writer.PutAsync("tags.yaml", FrontMatter.Yaml(tags.Select(t => new TagShape { Id = t.Id, Name = t.Name, Slug = t.Slug }).ToList()));
        Count("tags", tags.Count);

        var authors = await db.Authors.AsNoTracking().OrderBy(a => a.Id).ToListAsync();
        await writer.PutAsync("authors.yaml", FrontMatter.Yaml(authors.Select(a => new AuthorShape { Id = a.Id, Slug = a.Slug, Name = a.Name, Title = Some(a.Title), Bio = Some(a.Bio), Tips = a.TipsEmail, Picture = a.PictureId }).ToList()));
        Count("authors", authors.Count);

        List<CategoryShape> Under(int? parent) =>
        [
            .. categories.Where(c => c.ParentId == parent).Select(c => new CategoryShape { Id = c.Id, Name = c.Name, Slug = c.Slug, Description = Some(c.Description), Position = c.Position, PaidFor = c.IsPartnerContent, Children = Under(c.Id) }),
        ];
    }

    private async Task WriteMenusAsync(FolderWriter writer, IReadOnlyDictionary<int, string> paths)
    {
        var items = await db.MenuItems.AsNoTracking().Include(i => i.Page).OrderBy(i => i.Position).ThenBy(i => i.Id).ToListAsync();
        await writer.PutAsync("menus.yaml", FrontMatter.Yaml(new MenusShape { Header = Under(MenuPlace.Header, null), Footer = Under(MenuPlace.Footer, null) }));
        Count("menu-entries", items.Count);

        List<MenuShape> Under(MenuPlace place, int? parent) =>
        [
            .. items.Where(i => i.Place == place && i.ParentId == parent).Select(i => new MenuShape
            {
                Label = Some(i.Label),
                Category = i.CategoryId is { } category ? paths[category] : null,
                Page = i.Page?.Slug,
                Url = i.Url,
                Position = i.Position,
                Entries = Under(place, i.Id),
            }),
        ];
    }

    private async Task WritePagesAsync(FolderWriter writer)
    {
        var pages = await db.Pages.AsNoTracking().OrderBy(p => p.Id).ToListAsync();
        foreach (var page in pages)
            await writer.PutAsync($"pages/{(Slug.IsOne(page.Slug) ? page.Slug : Number(page.Id))}.md",
                FrontMatter.Write(new PageMatter { Id = page.Id, Slug = page.Slug, Title = page.Title, Description = Some(page.Description), Revised = page.RevisedAt }, page.Body));
        Count("pages", pages.Count);
    }

    private async Task WritePicturesAsync(FolderWriter writer, CancellationToken cancellation)
    {
        await using var lines = writer.Open("pictures.jsonl");
        await foreach (var picture in db.Pictures.AsNoTracking().OrderBy(p => p.Id).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"pictures/{picture.AddedAt:yyyy/MM}/{picture.Id}.{picture.Kind.Ending()}");
            await using (var original = await pictures.OpenAsync(picture.Original, cancellation) ?? throw new FileNotFoundException($"The original of picture {picture.Id}, “{picture.Name}”, is not in the store."))
                await writer.PutAsync(path, to => original.CopyToAsync(to, cancellation));
            await lines.LineAsync(new PictureLine(picture.Id, path, picture.Name, picture.AddedAt, picture.Alt, picture.IsDecorative, picture.Caption, picture.Credit, picture.Source, picture.FocusX, picture.FocusY)
            {
                EmbargoedUntil = picture.EmbargoedUntil,
                RightsUntil = picture.RightsUntil,
                Trashed = picture.TrashedAt,
            });
            Count("pictures");
        }
    }

    private async Task WriteArticlesAsync(FolderWriter writer, IReadOnlyDictionary<int, string> paths, IProgress<ExchangeProgress> progress, CancellationToken cancellation)
    {
        var (done, all) = (0, await db.Articles.CountAsync(cancellation));
        Count("articles", 0);
        for (var last = 0; ;)
        {
            var batch = await db.Articles.AsNoTracking().Where(a => a.Id > last).OrderBy(a => a.Id).Take(AtOnce)
                .Include(a => a.Bylines).ThenInclude(b => b.Author).Include(a => a.FurtherCategories).Include(a => a.Tags).ThenInclude(t => t.Tag).Include(a => a.Corrections)
                .AsSplitQuery().ToListAsync(cancellation);
            if (batch.Count == 0) break;
            last = batch[^1].Id;

            var ids = batch.Select(a => a.Id).ToList();
            var discussions = await db.ArticleDiscussions.AsNoTracking().Where(d => ids.Contains(d.ArticleId)).ToDictionaryAsync(d => d.ArticleId, d => d.Policy, cancellation);
            foreach (var article in batch) await writer.PutAsync(PlaceOf(article) + ".md", FrontMatter.Write(Matter(article, paths, discussions.TryGetValue(article.Id, out var policy) ? policy : null), article.Body));
            var places = batch.ToDictionary(a => a.Id, PlaceOf);
            Count("comments", await WriteBesideAsync(writer, places, ".comments.jsonl", CommentsUnder(ids), c => c.Article, c => c.Line, cancellation));
            await WriteBesideAsync(writer, places, ".history.jsonl", db.Revisions.AsNoTracking().Where(r => ids.Contains(r.ArticleId)).OrderBy(r => r.ArticleId).ThenBy(r => r.Id).AsAsyncEnumerable(),
                r => r.ArticleId, r => new RevisionLine(r.Version, FrontMatter.Word(r.Act), r.By, r.At, Some(r.Note), r.Text), cancellation);
            Count("articles", batch.Count);
            progress.Report(new(done += batch.Count, all));
        }
    }

    private async IAsyncEnumerable<(int Article, CommentLine Line)> CommentsUnder(List<int> articles)
    {
        var comments = db.Comments.AsNoTracking().Where(c => articles.Contains(c.ArticleId)).OrderBy(c => c.ArticleId).ThenBy(c => c.Id)
            .Select(c => new { Comment = c, Author = db.Authors.Where(a => a.Id == c.AuthorId).Select(a => a.Slug).FirstOrDefault() });
        await foreach (var row in comments.AsAsyncEnumerable())
        {
            var c = row.Comment;
            yield return (c.ArticleId, new(c.Id, c.Depth, c.Thread, c.Name, c.CreatedAt, FrontMatter.Word(c.State), c.Body)
            {
                Parent = c.ParentId,
                Email = Some(c.Email),
                Address = Some(c.Address),
                Edited = c.EditedAt,
                EditedByEditor = c.EditedByEditorAt,
                Because = Some(c.Because),
                Decided = c.DecidedAt,
                SpamScore = c.SpamScore,
                Author = row.Author,
                Staff = c.IsStaff,
                Featured = c.IsFeatured,
            });
        }
    }

    /// <summary>One file beside each article that has any of them; they come sorted by article.</summary>
    private static async Task<int> WriteBesideAsync<T, TLine>(FolderWriter writer, Dictionary<int, string> places, string ending, IAsyncEnumerable<T> all, Func<T, int> article, Func<T, TLine> line, CancellationToken cancellation)
    {
        var (count, open, at) = (0, (FolderWriter.OpenFile?)null, 0);
        try
        {
            await foreach (var one in all.WithCancellation(cancellation))
            {
                if (open is null || article(one) != at)
                {
                    if (open is not null) await open.DisposeAsync();
                    (at, open) = (article(one), null);
                    open = writer.Open(places[at] + ending);
                }

                await open.LineAsync(line(one));
                count++;
            }
        }
        finally
        {
            if (open is not null) await open.DisposeAsync();
        }

        return count;
    }

    private static string PlaceOf(Article article) => article is { Year: { } year, Month: { } month } && Slug.IsOne(article.Slug)
        ? string.Create(CultureInfo.InvariantCulture, $"articles/{year:0000}/{month:00}/{article.Slug}")
        : $"articles/unpublished/{Number(article.Id)}";

    private static ArticleMatter Matter(Article article, IReadOnlyDictionary<int, string> paths, CommentPolicy? discussion) => new()
    {
        Id = article.Id,
        Headline = article.Headline,
        Slug = article.Slug,
        Status = FrontMatter.Word(article.Status),
        Year = article.Year,
        Month = article.Month,
        Created = article.CreatedAt,
        Edited = article.EditedAt,
        Published = article.PublishedAt,
        Updated = article.UpdatedAt,
        ScheduledFor = article.ScheduledFor,
        EmbargoedUntil = article.EmbargoedUntil,
        WithdrawalFor = article.WithdrawalFor,
        WithdrawalReason = article.WithdrawalReason,
        Withdrawn = article.WithdrawnAt,
        WithdrawnReason = article.WithdrawnReason,
        ReviewNote = article.ReviewNote,
        Version = article.Version,
        Category = article.CategoryId is { } category ? paths[category] : null,
        AlsoIn = [.. article.FurtherCategories.Select(f => paths[f.CategoryId]).Order(StringComparer.Ordinal)],
        Tags = [.. article.Tags.OrderBy(t => t.Position).Select(t => t.Tag.Slug)],
        Authors = [.. article.Bylines.OrderBy(b => b.Position).Select(b => new BylineShape { Author = b.Author.Slug, Name = b.Name, Role = Some(b.Role) })],
        Summary = article.Summary,
        KeyPoints = article.KeyPoints,
        Take = article.Take is { } take ? new() { Label = take.Label, Text = take.Text, Attribution = take.Attribution, Role = Some(take.Role) } : null,
        Picture = article.Picture is { } lead
            ? new() { Picture = lead.PictureId, Path = lead.PictureId is null ? lead.Path : null, Width = lead.Width, Height = lead.Height, Alt = Some(lead.Alt), Decorative = lead.Decorative, Caption = lead.Caption, Credit = lead.Credit }
            : null,
        SocialTitle = article.SocialTitle,
        SocialDescription = article.SocialDescription,
        CommentsClosed = !article.CommentsOpen,
        Discussion = discussion is { } policy ? FrontMatter.Word(policy) : null,
        Corrections = [.. article.Corrections.OrderBy(c => c.Id).Select(c => new CorrectionShape { At = c.At, Clarification = c.IsClarification, Note = c.Note })],
    };

    private async Task WriteHomeAsync(FolderWriter writer)
    {
        var slots = await db.HomeSlots.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync();
        await writer.PutAsync("home.yaml", FrontMatter.Yaml(slots.Select(s => new HomeShape { Position = s.Position, Article = s.ArticleId, From = s.From, Until = s.Until }).ToList()));
        Count("home-slots", slots.Count);
    }

    private async Task WriteLinesAsync<T>(FolderWriter writer, string name, IQueryable<T> all, CancellationToken cancellation)
    {
        Count(name, 0);
        await using var lines = writer.Open($"{name}.jsonl");
        await foreach (var one in all.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            await lines.LineAsync(one);
            Count(name);
        }
    }

    private void Count(string kind, int by = 1) => _counts[kind] = _counts.GetValueOrDefault(kind) + by;

    private static string? Some(string text) => text.Length == 0 ? null : text;

    private static string Number(int id) => id.ToString(CultureInfo.InvariantCulture);
}
