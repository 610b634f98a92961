using BlueTechWave.Core.Menus;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange;

/// <summary>
/// The old site's menus. An export does not say where each one hung: the one called after the foot of the page goes
/// there; into the header the one called so, or the main one, or the first of the others; where ours has entries already, it keeps them.
/// </summary>
internal sealed class ImportedMenus(ImportRun run, ImportedTerms terms)
{
    private static readonly string[] Main = ["main", "primary", "header"];

    public async Task HangAsync(IReadOnlyList<IncomingMenuItem> items)
    {
        if (items.Count == 0) return;
        var known = await run.KnownAsync(ImportedKind.MenuEntry, items.Select(i => i.Id));
        var free = new HashSet<MenuPlace>(Enum.GetValues<MenuPlace>());
        foreach (var place in await run.Db.MenuItems.Select(i => i.Place).Distinct().ToListAsync()) free.Remove(place);

        foreach (var menu in items.GroupBy(i => i.Menu).OrderByDescending(m => Main.Any(name => m.Key.Contains(name, StringComparison.OrdinalIgnoreCase))))
        {
            var fresh = menu.Where(i => !known.ContainsKey(i.Id)).ToList();
            if (menu.Count() > fresh.Count) run.Report.Count("menu entry", ImportOutcome.Unchanged, menu.Count() - fresh.Count);
            if (fresh.Count == 0) continue;

            var place = menu.Key.Contains("foot", StringComparison.OrdinalIgnoreCase) ? MenuPlace.Footer : MenuPlace.Header;
            if (free.Remove(place)) await HangAsync(place, fresh);
            else foreach (var item in fresh) run.Report.Refuse(new("menu entry", item.Id, item.Label, $"The {place.ToString().ToLowerInvariant()} has its entries already; “{menu.Key}” can be set by hand."));
        }

        run.Db.ChangeTracker.Clear();
    }

    private async Task HangAsync(MenuPlace place, List<IncomingMenuItem> items)
    {
        var pages = await run.KnownAsync(ImportedKind.Page, items.Where(i => i.Kind == IncomingMenuTarget.Page).Select(i => i.Target));
        var articles = await run.KnownAsync(ImportedKind.Article, items.Where(i => i.Kind == IncomingMenuTarget.Article).Select(i => i.Target));
        // Links at the foot stand in columns, and a column has a heading; what the old house called its menu no reader of it saw.
        var column = place == MenuPlace.Footer ? new MenuItem(place, "More", 0) : null;
        if (column is not null) run.Db.MenuItems.Add(column);

        Dictionary<string, (MenuItem Ours, int Level)> hung = [];
        List<(IncomingMenuItem Came, MenuItem Ours)> made = [];
        var waiting = items.OrderBy(i => i.Position).ToList();
        while (waiting.Count > 0)
        {
            // Those whose heading hangs, then those who wait for one that never comes.
            var next = waiting.Find(i => hung.ContainsKey(i.ParentId) || waiting.TrueForAll(w => w.Id != i.ParentId)) ?? waiting[0];
            waiting.Remove(next);
            var (above, level) = hung.TryGetValue(next.ParentId, out var parent) ? parent : (column, column is null ? 0 : 1);
            var deepest = place == MenuPlace.Footer ? 2 : MenuItem.DeepestLevel;
            if (level >= deepest) (above, level) = (above!.Parent, level - 1);

            if (await MakeAsync(place, next, above, made.Count + 1, pages, articles) is not { } ours) continue;
            run.Db.MenuItems.Add(ours);
            hung[next.Id] = (ours, level + 1);
            made.Add((next, ours));
        }

        await run.Db.SaveChangesAsync();
        foreach (var (came, ours) in made) run.Remember(ImportedKind.MenuEntry, came.Id, ours.Id, "", "");
        await run.Db.SaveChangesAsync();
        run.Report.Count("menu entry", ImportOutcome.Added, made.Count);
    }

    private async Task<MenuItem?> MakeAsync(MenuPlace place, IncomingMenuItem came, MenuItem? above, int position, Dictionary<string, ImportedItem> pages, Dictionary<string, ImportedItem> articles)
    {
        var label = ImportRun.Cut(came.Label, MenuItem.LabelLength);
        switch (came.Kind)
        {
            case IncomingMenuTarget.Category when terms.CategoriesByNumber.TryGetValue(came.Target, out var id) && await run.Db.Categories.FindAsync(id) is { } category:
                return new(place, label, position, above, category);
            case IncomingMenuTarget.Page when pages.TryGetValue(came.Target, out var item) && await run.Db.Pages.FindAsync(item.OurId) is { } page:
                return new(place, label, position, above, page: page);
            case IncomingMenuTarget.Article when articles.TryGetValue(came.Target, out var item) && await run.Db.Articles.AsNoTracking().FirstOrDefaultAsync(a => a.Id == item.OurId && a.Year != null) is { } article:
                return new(place, label.Length > 0 ? label : ImportRun.Cut(article.Headline, MenuItem.LabelLength), position, above, url: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/{article.Year:0000}/{article.Month:00}/{article.Slug}"));
            case IncomingMenuTarget.Tag when terms.TagsByNumber.TryGetValue(came.Target, out var slug) && slug.Length > 0:
                return new(place, label.Length > 0 ? label : slug, position, above, url: $"/tag/{slug}");
            case IncomingMenuTarget.Address when label.Length > 0 && came.Target.Length <= MenuItem.UrlLength && IsAddress(came.Target):
                return new(place, label, position, above, url: came.Target is "" or "#" ? null : came.Target);
            default:
                run.Report.Refuse(new("menu entry", came.Id, came.Label, "What it led to is not here."));
                return null;
        }
    }

    private static bool IsAddress(string target) =>
        target is "" or "#" || (target.StartsWith('/') && !target.StartsWith("//", StringComparison.Ordinal)) || (Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");
}
