using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Tags;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange;

/// <summary>Who writes, and under what articles are filed. What has the same place here already is the same thing.</summary>
internal sealed class ImportedTerms(ImportRun run, ImportedPaths paths)
{
    private const string NoCategory = "uncategorized";
    private const string NoAuthor = "";

    private readonly Dictionary<string, int> _authors = [];
    private readonly Dictionary<string, int> _categories = [];
    private readonly Dictionary<string, int> _tags = [];
    private readonly Dictionary<string, string> _authorKeys = [];

    /// <summary>Of the site: what is signed by nobody is signed by it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where the site stood under its host.</summary>
    public string Folder { get; set; } = "";

    /// <inheritdoc cref="IncomingSite.Feed"/>
    public string Feed { get; set; } = IncomingSite.OurFeed;

    /// <summary>Categories and tags by the numbers that menus name them by.</summary>
    public Dictionary<string, int> CategoriesByNumber { get; } = [];

    public Dictionary<string, string> TagsByNumber { get; } = [];

    public async Task MeetAsync(IncomingAuthor author)
    {
        if (author.Number.Length > 0) _authorKeys[author.Number] = author.Key;
        var hash = ImportRun.Hash(new { author.Name, author.Slug, author.Bio });
        await TakeAsync("author", ImportedKind.Author, author.Key, hash, _authors,
            async id => await run.Db.Authors.FindAsync(id) is { } known ? new Ours<Author>(known, () => Mark(known), () => known.Describe(Cut(author.Name), known.Title, author.Bio, known.TipsEmail)) : null,
            async () =>
            {
                var slug = Slug.From(author.Slug) is { Length: > 0 } own ? own : Slug.From(author.Name) is { Length: > 0 } named ? named : "author";
                if (await run.Db.Authors.FirstOrDefaultAsync(a => a.Slug == slug && a.Name == author.Name) is { } same) return new Ours<Author>(same, () => Mark(same), null);
                slug = await FreeAsync(slug, s => run.Db.Authors.AnyAsync(a => a.Slug == s));
                var made = new Author(Cut(author.Name), "", author.Bio, slug: slug);
                run.Db.Authors.Add(made);
                // Whoever signs for nobody had no page there; an e-mail is no address of one.
                if (author.Key.Length > 0 && author.Slug.Length > 0 && !author.Key.Contains('@')) await LeaveListAsync($"/author/{author.Slug}", $"/author/{slug}");
                return new Ours<Author>(made, () => Mark(made), null);
            }, a => a.Id);
    }

    public async Task CoinAsync(IncomingTag tag)
    {
        var hash = ImportRun.Hash(new { tag.Name, tag.Slug });
        await TakeAsync("tag", ImportedKind.Tag, tag.Key, hash, _tags,
            async id => await run.Db.Tags.FindAsync(id) is { } known ? new Ours<Tag>(known, () => Mark(known), null) : null,
            async () =>
            {
                // Here a tag's name makes its address, so that whoever types the name finds it.
                var slug = SlugOf(tag.Name, tag.Slug, "tag", tag.Key);
                var made = await run.Db.Tags.FirstOrDefaultAsync(t => t.Slug == slug);
                if (made is null) run.Db.Tags.Add(made = new Tag(Cut(tag.Name), slug));
                await LeaveListAsync($"/tag/{tag.Slug}", $"/tag/{slug}");
                return new Ours<Tag>(made, () => Mark(made), null);
            }, t => t.Id);
        if (tag.Number.Length > 0) TagsByNumber[tag.Number] = (await run.Db.Tags.AsNoTracking().Where(t => t.Id == _tags[tag.Key]).Select(t => t.Slug).FirstOrDefaultAsync()) ?? "";
    }

    /// <summary>Each after the one it stands under; a circle is cut where it is entered.</summary>
    public async Task PlantAsync(IReadOnlyList<IncomingCategory> categories)
    {
        var byKey = new Dictionary<string, IncomingCategory>();
        foreach (var category in categories)
        {
            if (!byKey.TryAdd(category.Key, category)) run.Report.Refuse(new("category", category.Number, category.Name, "A category with this slug came before it."));
        }

        HashSet<string> planted = [], underWay = [];
        foreach (var category in byKey.Values) await PlantAsync(category);

        async Task PlantAsync(IncomingCategory category)
        {
            if (planted.Contains(category.Key)) return;
            underWay.Add(category.Key);
            var parent = category.ParentKey;
            if (parent.Length > 0 && underWay.Contains(parent))
            {
                run.Report.Note("A category stood under itself: it stands at the top", category.Name);
                parent = "";
            }
            else if (parent.Length > 0 && byKey.TryGetValue(parent, out var above)) await PlantAsync(above);

            underWay.Remove(category.Key);
            planted.Add(category.Key);
            await PlantOneAsync(category with { ParentKey = parent });
        }
    }

    /// <summary>Everybody and everything these name, be it on the source's own lists or not.</summary>
    public async Task MeetAsync(IReadOnlyList<IncomingArticle> articles)
    {
        foreach (var (key, name) in articles.SelectMany(a => a.Authors).Where(a => !_authors.ContainsKey(a.Key)).DistinctBy(a => a.Key).ToList())
            if (!await RecallAsync(ImportedKind.Author, key, _authors)) await MeetUnlistedAsync(new(key, "", name.Length > 0 ? name : key, key.Contains('@') ? key[..key.IndexOf('@')] : key, ""));
        foreach (var term in articles.SelectMany(a => a.Categories).Where(t => !_categories.ContainsKey(t.Key)).DistinctBy(t => t.Key).ToList())
            if (!await RecallAsync(ImportedKind.Category, term.Key, _categories)) await UnlistedAsync(() => PlantOneAsync(new(term.Key, "", term.Name, Uri.UnescapeDataString(term.Key), "", "")));
        foreach (var term in articles.SelectMany(a => a.Tags).Where(t => !_tags.ContainsKey(t.Key)).DistinctBy(t => t.Key).ToList())
            if (!await RecallAsync(ImportedKind.Tag, term.Key, _tags)) await UnlistedAsync(() => CoinAsync(new(term.Key, "", term.Name, Uri.UnescapeDataString(term.Key))));

        if (articles.Any(a => a.Authors.Count == 0) && !_authors.ContainsKey(NoAuthor) && !await RecallAsync(ImportedKind.Author, NoAuthor, _authors))
            await MeetUnlistedAsync(new(NoAuthor, "", Name.Length > 0 ? Name : "The newsroom", Name.Length > 0 ? Name : "newsroom", ""));
        if (articles.Any(a => a.Categories.Count == 0) && !_categories.ContainsKey(NoCategory) && !await RecallAsync(ImportedKind.Category, NoCategory, _categories))
            await UnlistedAsync(() => PlantOneAsync(new(NoCategory, "", "Uncategorized", NoCategory, "", "")));
        run.Db.ChangeTracker.Clear();
    }

    public async Task<(Dictionary<string, Author> Authors, Dictionary<string, Category> Categories, Dictionary<string, Tag> Tags)> OfAsync(IReadOnlyList<IncomingArticle> articles)
    {
        var authors = Ids(articles.SelectMany(a => a.Authors).Select(a => a.Key).Append(NoAuthor), _authors);
        var categories = Ids(articles.SelectMany(a => a.Categories).Select(c => c.Key).Append(NoCategory), _categories);
        var tags = Ids(articles.SelectMany(a => a.Tags).Select(t => t.Key), _tags);
        var (ourAuthors, ourCategories, ourTags) = (
            await run.Db.Authors.Where(a => authors.Values.Contains(a.Id)).ToDictionaryAsync(a => a.Id),
            await run.Db.Categories.Where(c => categories.Values.Contains(c.Id)).ToDictionaryAsync(c => c.Id),
            await run.Db.Tags.Where(t => tags.Values.Contains(t.Id)).ToDictionaryAsync(t => t.Id));
        return (Entities(authors, ourAuthors), Entities(categories, ourCategories), Entities(tags, ourTags));
    }

    public static Author? By(Dictionary<string, Author> authors, string key) => authors.GetValueOrDefault(key);

    public static IEnumerable<Author> Signed(IncomingArticle article, Dictionary<string, Author> authors) =>
        article.Authors.Select(a => authors.GetValueOrDefault(a.Key)).OfType<Author>().Distinct() is var known && known.Any() ? known : authors.TryGetValue(NoAuthor, out var house) ? [house] : [];

    public static IReadOnlyList<Category> Filed(IncomingArticle article, Dictionary<string, Category> categories)
    {
        var known = article.Categories.Select(c => categories.GetValueOrDefault(c.Key)).OfType<Category>().Distinct().ToList();
        return known.Count > 0 ? known : categories.TryGetValue(NoCategory, out var none) ? [none] : [];
    }

    /// <summary>Whose account at the source wrote a comment, if articles here are signed with it.</summary>
    public int? AuthorOf(string number) => _authorKeys.TryGetValue(number, out var key) && _authors.TryGetValue(key, out var id) ? id : null;

    private async Task PlantOneAsync(IncomingCategory category)
    {
        int? parentId = null;
        if (category.ParentKey.Length > 0)
        {
            if (_categories.TryGetValue(category.ParentKey, out var id) || await RecallAsync(ImportedKind.Category, category.ParentKey, _categories) && _categories.TryGetValue(category.ParentKey, out id)) parentId = id;
            else run.Report.Note("A category stood under one that is not there: it stands at the top", category.Name);
        }

        var hash = ImportRun.Hash(new { category.Name, category.Slug, category.ParentKey, category.Description });
        await TakeAsync("category", ImportedKind.Category, category.Key, hash, _categories,
            async id => await run.Db.Categories.FindAsync(id) is { } known ? new Ours<Category>(known, () => Mark(known), () =>
            {
                known.Rename(Cut(category.Name));
                known.Describe(ImportRun.Cut(category.Description, Category.DescriptionLength));
            }) : null,
            async () =>
            {
                var slug = SlugOf(category.Slug, category.Name, "category", category.Key);
                if (await run.Db.Categories.FirstOrDefaultAsync(c => c.ParentId == parentId && c.Slug == slug) is { } same) return new Ours<Category>(same, () => Mark(same), null);
                await run.Db.Categories.LoadAsync();
                var parent = parentId is null ? null : await run.Db.Categories.FindAsync(parentId);
                var made = new Category(Cut(category.Name), parent, ImportRun.Cut(category.Description, Category.DescriptionLength));
                made.Readdress(slug);
                made.PlaceAt(await run.Db.Categories.CountAsync(c => c.ParentId == parentId));
                run.Db.Categories.Add(made);
                await paths.LeaveAsync($"{Folder}{OldPath(parent, category.Slug)}/", $"{Path(parent)}/{slug}", Tell);
                return new Ours<Category>(made, () => Mark(made), null);
            }, c => c.Id);
        if (category.Number.Length > 0) CategoriesByNumber[category.Number] = _categories[category.Key];
        run.Db.ChangeTracker.Clear();
    }

    private static string Path(Category? category) => category is null ? "/category" : $"{Path(category.Parent)}/{category.Slug}";

    private static string OldPath(Category? parent, string slug) => $"{Path(parent)}/{slug}";

    /// <summary>Made where it is new, changed where it has changed there and not here, and left where it has not.</summary>
    private async Task TakeAsync<T>(string kind, ImportedKind imported, string key, string hash, Dictionary<string, int> ids, Func<int, Task<Ours<T>?>> find, Func<Task<Ours<T>>> make, Func<T, int> idOf)
    {
        var stored = ImportRun.Key(key);
        var known = (await run.KnownAsync(imported, [stored])).GetValueOrDefault(stored);
        if (known is not null && await find(known.OurId) is { } ours)
        {
            ids[key] = known.OurId;
            if (known.Hash == hash) run.Report.Count(kind, ImportOutcome.Unchanged);
            else if (ours.Change is null || ours.Mark() != known.Left) run.Report.Count(kind, ImportOutcome.LeftAlone);
            else
            {
                ours.Change();
                known.Renew(hash, ours.Mark());
                await run.Db.SaveChangesAsync();
                run.Report.Count(kind, ImportOutcome.Updated);
            }

            run.Db.ChangeTracker.Clear();
            return;
        }

        var made = await make();
        await run.Db.SaveChangesAsync();
        ids[key] = idOf(made.Entity);
        // What was removed here and is needed again is made again.
        if (known is not null) run.Db.ImportedItems.Remove(known);
        run.Remember(imported, stored, ids[key], hash, made.Mark());
        await run.Db.SaveChangesAsync();
        // Each save looks at everything that is held: thousands of tags would be looked at thousands of times.
        run.Db.ChangeTracker.Clear();
        run.Report.Count(kind, ImportOutcome.Added);
    }

    private async Task<bool> RecallAsync(ImportedKind kind, string key, Dictionary<string, int> ids)
    {
        if ((await run.KnownAsync(kind, [ImportRun.Key(key)])).GetValueOrDefault(ImportRun.Key(key)) is not { } known) return false;
        var isHere = kind switch
        {
            ImportedKind.Author => await run.Db.Authors.AnyAsync(a => a.Id == known.OurId),
            ImportedKind.Category => await run.Db.Categories.AnyAsync(c => c.Id == known.OurId),
            _ => await run.Db.Tags.AnyAsync(t => t.Id == known.OurId),
        };
        if (isHere) ids[key] = known.OurId;
        return isHere;
    }

    private Task MeetUnlistedAsync(IncomingAuthor author) => UnlistedAsync(() => MeetAsync(author));

    /// <summary>Only named by an article, it came in with it: it is one more.</summary>
    private Task UnlistedAsync(Func<Task> take)
    {
        run.Report.ComesIn(1);
        return take();
    }

    /// <summary>With its feed, where that was called otherwise.</summary>
    private async Task LeaveListAsync(string old, string now)
    {
        await paths.LeaveAsync($"{Folder}{old}/", now, Tell);
        if (Feed != IncomingSite.OurFeed) await paths.LeaveAsync($"{Folder}{old}/{Feed}/", $"{now}/{IncomingSite.OurFeed}", Tell);
    }

    private void Tell(Action<ImportReport> what) => what(run.Report);

    private static string SlugOf(string slug, string name, string kind, string key) =>
        Slug.From(slug) is { Length: > 0 } own ? own : Slug.From(name) is { Length: > 0 } named ? named : $"{kind}-{ImportRun.Hash(key)[..8]}";

    private static async Task<string> FreeAsync(string slug, Func<string, Task<bool>> isTaken)
    {
        var free = slug;
        for (var i = 2; await isTaken(free); i++) free = $"{slug}-{i}";
        return free;
    }

    private static Dictionary<string, int> Ids(IEnumerable<string> keys, Dictionary<string, int> known) =>
        keys.Distinct().Where(known.ContainsKey).ToDictionary(key => key, key => known[key]);

    private static Dictionary<string, T> Entities<T>(Dictionary<string, int> ids, Dictionary<int, T> ours) where T : class =>
        ids.Where(i => ours.ContainsKey(i.Value)).ToDictionary(i => i.Key, i => ours[i.Value]);

    private static string Cut(string name) => ImportRun.Cut(name, Tag.NameLength);

    private static string Mark(Author author) => ImportRun.Hash(new { author.Name, author.Slug, author.Title, author.Bio, author.TipsEmail });

    private static string Mark(Category category) => ImportRun.Hash(new { category.Name, category.Slug, category.ParentId, category.Description, category.IsPartnerContent });

    private static string Mark(Tag tag) => ImportRun.Hash(new { tag.Name, tag.Slug });

    /// <param name="Change">Null where nothing of it may change: it would lead elsewhere.</param>
    private sealed record Ours<T>(T Entity, Func<string> Mark, Action? Change);
}
