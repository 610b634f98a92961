using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Pages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange;

/// <summary>About, contact, terms: the pages that are not news.</summary>
internal sealed class ImportedPages(ImportRun run, ImportedPaths paths)
{
    private const int TitleLength = 200;
    private const int DescriptionLength = 500;

    public async Task StoreAsync(IncomingPage came)
    {
        if (came.Status != IncomingStatus.Published)
        {
            run.Report.Refuse(new("page", came.Id, came.Title, $"It was {Words(came.Status)}, and a page here is public as soon as it is there."));
            return;
        }

        if (came.Body.Source.Length > ArticleBody.MaxLength)
        {
            run.Report.Refuse(new("page", came.Id, came.Title, $"Its text is longer than {ArticleBody.MaxLength:N0} characters."));
            return;
        }

        var known = (await run.KnownAsync(ImportedKind.Page, [came.Id])).GetValueOrDefault(came.Id);
        var hash = ImportRun.WithPictures(ImportRun.Hash(new { came.Title, came.Slug, came.Description, came.Body.Source, came.Paths }), came.Body.Arrived);
        if (known?.Hash == hash) run.Report.Count("page", ImportOutcome.Unchanged);
        else if (known is null) await AddAsync(came, hash);
        else if (await run.Db.Pages.FindAsync(known.OurId) is { } ours && Mark(ours) == known.Left)
        {
            Write(ours, came);
            known.Renew(hash, Mark(ours));
            await run.Db.SaveChangesAsync();
            run.Report.Count("page", ImportOutcome.Updated);
        }
        else run.Report.Count("page", ImportOutcome.LeftAlone);

        run.Db.ChangeTracker.Clear();
    }

    private async Task AddAsync(IncomingPage came, string hash)
    {
        var wanted = Slug.From(came.Slug) is { Length: > 0 } own ? own : Slug.From(came.Title) is { Length: > 0 } named ? named : Slug.From($"page {came.Id}");
        var slug = StandingPage.IsTaken(wanted) ? $"{wanted}-page" : wanted;
        for (var i = 2; await run.Db.Pages.AnyAsync(p => p.Slug == slug); i++) slug = $"{wanted}-{i}";
        if (slug != wanted) run.Report.Note("A page’s address is taken here: its slug has something added", came.Title);

        // Both in one transaction: a page that nothing remembers would come a second time.
        var own1 = run.Db.Database.CurrentTransaction is null ? await run.Db.Database.BeginTransactionAsync() : null;
        await using (own1)
        {
            var page = new StandingPage(slug, "");
            Write(page, came);
            run.Db.Pages.Add(page);
            await run.Db.SaveChangesAsync();
            run.Remember(ImportedKind.Page, came.Id, page.Id, hash, Mark(page));
            foreach (var path in came.Paths) await paths.LeaveAsync(path, $"/{slug}", tell => tell(run.Report));
            await run.Db.SaveChangesAsync();
            if (own1 is not null) await own1.CommitAsync();
        }

        run.Report.Count("page", ImportOutcome.Added);
    }

    private void Write(StandingPage page, IncomingPage came)
    {
        var body = came.Body.Set;
        var title = came.Title.Length > 0 ? ImportRun.Cut(came.Title, TitleLength) : page.Slug;
        page.Write(title, ImportRun.Cut(came.Description, DescriptionLength), body.Markdown, null);
        foreach (var note in body.Notes) run.Report.Note(note, came.Title);
    }

    private static string Words(IncomingStatus status) => status switch
    {
        IncomingStatus.Locked => "not open to everybody",
        IncomingStatus.Scheduled => "to appear later",
        IncomingStatus.Trashed => "in the trash",
        IncomingStatus.Private => "private",
        _ => "a draft",
    };

    private static string Mark(StandingPage page) => ImportRun.Hash(new { page.Slug, page.Title, page.Description, page.Body });
}
