using System.Globalization;
using System.Net;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Demo;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Mail;
using BlueTechWave.Core.Tags;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Tests.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace BlueTechWave.Web.Tests;

/// <summary>What a reporter hands in. Every part has a plausible beginning; a test says only what it is about.</summary>
public sealed class Copy
{
    public string Body { get; set; } = "Something happened on Wednesday. It matters to those who run networks.";

    public IReadOnlyList<string> KeyPoints { get; set; } = ["It happened on Wednesday.", "It matters."];

    /// <summary>The path of the primary category.</summary>
    public string Category { get; set; } = "ai";

    public IReadOnlyList<string> Tags { get; set; } = [];

    public string Author { get; set; } = "lina-moreau";

    /// <summary>When it was published, if not now. UTC.</summary>
    public DateTime? At { get; set; }

    public bool CommentsOpen { get; set; } = true;
}

/// <summary>
/// The paper under test: the whole application on a store of its own, listening on a port of its own, at a time of
/// its own. Readers come in through the front door; the newsroom's verbs save as any caller would. On PostgreSQL a second
/// node stands beside it where the test wants one.
/// </summary>
public sealed class NewsSite : IAsyncDisposable
{
    public static readonly DateTime Opening = new(2024, 9, 25, 9, 30, 0, DateTimeKind.Utc);

    private readonly Node _node;
    private readonly Node? _second;
    private readonly Switchboard? _board;
    private readonly string _folder;
    private readonly bool _isGuest;

    private NewsSite(Node node, Node? second, Store store, string connection, string folder, FakeTimeProvider clock, Queries queries, Overheard log, bool isGuest)
    {
        (_node, _second, Store, Connection, _folder, Clock, Queries, Log, _isGuest) = (node, second, store, connection, folder, clock, queries, log, isGuest);
        if (second is not null) _board = new(connection, node, second);
        Reader = NewReader();
    }

    public Store Store { get; }

    public string Connection { get; }

    /// <summary>Its data directory.</summary>
    public string Folder => _folder;

    public Uri Address => _node.Address;

    public FakeTimeProvider Clock { get; }

    public Queries Queries { get; }

    public Overheard Log { get; }

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>Somebody who reads: keeps no cookies, follows no redirects, takes what is sent.</summary>
    public HttpClient Reader { get; }

    public IServiceProvider Services => _node.Services;

    /// <param name="settings">Configuration beside the usual, for example <c>RateLimits:CommentsPerMinute=2</c>.</param>
    public static Task<NewsSite> OpenAsync(Store store = Store.Sqlite, params string[] settings) => OpenAsync(store, staffed: true, settings);

    /// <summary>As on the first day in Production: no author, no category, no settings.</summary>
    public static Task<NewsSite> OpenEmptyAsync(Store store = Store.Sqlite, params string[] settings) => OpenAsync(store, staffed: false, settings);

    public HttpClient NewReader() => new(Before(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }))
    {
        BaseAddress = Address,
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>How many requests each node has met.</summary>
    public IReadOnlyList<int> Met => _board?.Met ?? [];

    /// <summary>Where there are two nodes, what is sent through it meets either.</summary>
    public HttpMessageHandler Before(HttpMessageHandler line) => _board?.Before(line) ?? line;

    public Task<Article> DraftAsync(string headline, Action<Copy>? write = null) => FileAsync(headline, write, (_, _) => { });

    public Task<Article> ScheduleAsync(string headline, DateTime when, Action<Copy>? write = null) =>
        FileAsync(headline, write, (article, now) => article.Schedule(when, now));

    public Task<Article> PublishAsync(string headline, Action<Copy>? write = null) =>
        FileAsync(headline, write, (article, now) => article.Publish(now, TimeZoneInfo.Utc));

    /// <summary>An archive: one story each day, backwards from yesterday, in one save.</summary>
    public async Task PublishManyAsync(int count, Action<int, Copy>? write = null)
    {
        var desk = await Desk.OfAsync(this);
        await EditAsync(async db =>
        {
            for (var i = 1; i <= count; i++)
            {
                var copy = new Copy { At = Now.AddDays(-i) };
                write?.Invoke(i, copy);
                var article = await desk.ReceiveAsync(db, $"Story number {i}", copy);
                article.Publish(copy.At.Value, TimeZoneInfo.Utc);
            }
        });
    }

    public Task WithdrawAsync(Article article, string reason = "The source has taken its word back.") =>
        ChangeAsync(article, a => a.Withdraw(reason, Now));

    public Task HeadlineAsync(Article article, string headline) =>
        ChangeAsync(article, a => a.Write(new(headline, a.KeyPoints, a.Body, a.Take, a.Summary), Now));

    public Task ChangeAsync(Article article, Action<Article> change) => EditAsync(async db => change(await db.Articles
        .Include(a => a.Bylines).ThenInclude(b => b.Author).Include(a => a.Tags).ThenInclude(t => t.Tag)
        .Include(a => a.FurtherCategories).Include(a => a.Links).AsSplitQuery().SingleAsync(a => a.Id == article.Id)));

    public async Task<Comment> CommentAsync(Article article, CommentState state, string body = "I was there.", Comment? under = null)
    {
        Comment comment = null!;
        await EditAsync(async db =>
        {
            var parent = under is null ? null : await db.Comments.SingleAsync(c => c.Id == under.Id);
            comment = new Comment(article.Id, "Ada Reader", "ada@reader.example", body, Now, parent);
            Decide(comment, state);
            db.Add(comment);
        });
        return comment;
    }

    /// <summary>What the form under an article carries, had it just been made.</summary>
    public async Task<string> StampAsync(Article article) => await StampAsync(article.Id);

    public async Task<string> StampAsync(int article) =>
        FormStamp.Make(await AskAsync(db => db.CommentSettings.Select(s => s.StampKey).SingleAsync()), article, Now);

    public Task DecideAsync(Comment comment, CommentState state) =>
        EditAsync(async db => Decide(await db.Comments.SingleAsync(c => c.Id == comment.Id), state));

    /// <summary>One save, as any caller makes it.</summary>
    public Task EditAsync(Func<NewsDbContext, Task> edit) => AskAsync(async db =>
    {
        await edit(db);
        var saved = await db.SaveChangesAsync();
        _board?.FirstHasSaved();
        return saved;
    });

    public async Task<T> AskAsync<T>(Func<NewsDbContext, Task<T>> question)
    {
        await using var scope = Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<NewsDbContext>());
    }

    public async Task LoadDemoAsync() => await AskAsync(async db =>
    {
        await DemoNewsroom.LoadAsync(db, Now, TimeZoneInfo.Utc, new Progress<DemoProgress>());
        return true;
    });

    /// <summary>What stands around every page, loaded if need be.</summary>
    public ValueTask<SiteFrame> FrameAsync() => Services.GetRequiredService<SiteFrames>().GetAsync();

    public static string AddressOf(Article article) => To.Article(article.Year!.Value, article.Month!.Value, article.Slug);

    /// <summary>Letters not sent yet, the newest last.</summary>
    public Task<List<OutgoingMail>> LettersAsync() => AskAsync(db => db.OutgoingMails.AsNoTracking().Where(m => m.SentAt == null).OrderBy(m => m.Id).ToListAsync());

    /// <summary>What the log says, the oldest first.</summary>
    public Task<List<AuditEntry>> AuditAsync(Func<AuditEntry, bool>? only = null) => AskAsync(async db =>
        (await db.Audit.AsNoTracking().OrderBy(e => e.Id).ToListAsync()).Where(only ?? (_ => true)).ToList());

    public async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        if (_second is not null) await _second.DisposeAsync();
        await _node.DisposeAsync();
        _board?.Dispose();
        if (!_isGuest) await Shelves.ReturnAsync(Store, Connection);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The same paper opened once more on the same store, so much later: after a restart, or as a second node.</summary>
    public async Task<NewsSite> OpenAgainAsync(TimeSpan later, params string[] settings) =>
        await OpenAsync(Store, Connection, Directory.CreateTempSubdirectory("btw-site-").FullName, new(Clock.GetUtcNow() + later), isGuest: true, settings);

    /// <summary>A paper that was left at this store and in this folder, as on any morning; whoever left the store puts it away.</summary>
    public static async Task<NewsSite> OpenLeftAsync(Store store, string connection, string folder, params string[] settings) =>
        await OpenAsync(store, connection, folder, new(Opening), isGuest: true, settings);

    private static async Task<NewsSite> OpenAsync(Store store, bool staffed, string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("btw-site-").FullName;
        return await OpenAsync(store, await Shelves.TakeAsync(store, staffed, folder), folder, new(Opening), isGuest: false, settings);
    }

    /// <param name="isGuest">The store is another's, who puts it away.</param>
    private static async Task<NewsSite> OpenAsync(Store store, string connection, string folder, FakeTimeProvider clock, bool isGuest, string[] settings)
    {
        Queries queries = new();
        Overheard log = new();
        if (store != Store.Postgres || isGuest || !RedisServer.Exists || !OnTwoNodesAttribute.Holds)
            return new(await StartAsync([]), null, store, connection, folder, clock, queries, log, isGuest);

        string[] redis = settings.Any(s => s.StartsWith("ConnectionStrings:Redis=", StringComparison.Ordinal)) ? [] : [$"ConnectionStrings:Redis={await RedisServer.LendAsync()}"];
        var nodes = await Task.WhenAll(StartAsync(redis), StartAsync(redis));
        return new(nodes[0], nodes[1], store, connection, folder, clock, queries, log, isGuest);

        Task<Node> StartAsync(string[] further) => Node.StartAsync([.. further, $"Site:DataDirectory={folder}", $"Store:Provider={store}", $"ConnectionStrings:Store={connection}", .. settings], clock, queries, log);
    }

    private async Task<Article> FileAsync(string headline, Action<Copy>? write, Action<Article, DateTime> then)
    {
        var copy = new Copy();
        write?.Invoke(copy);
        var desk = await Desk.OfAsync(this);
        Article article = null!;
        await EditAsync(async db =>
        {
            article = await desk.ReceiveAsync(db, headline, copy);
            then(article, copy.At ?? Now);
        });
        return article;
    }

    private void Decide(Comment comment, CommentState state)
    {
        switch (state)
        {
            case CommentState.Approved: comment.Approve(Actor.System, Now); break;
            case CommentState.Rejected: comment.Reject(Actor.System, Now); break;
            case CommentState.Spam: comment.MarkSpam(Actor.System, Now); break;
        }
    }

    /// <summary>Turns copy into an article: finds the author and the category, makes tags that are new.</summary>
    private sealed class Desk(IReadOnlyDictionary<string, int> categories)
    {
        private readonly Dictionary<string, Tag> _tags = [];

        public static async Task<Desk> OfAsync(NewsSite site)
        {
            var all = await site.AskAsync(db => db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Id));
            return new(all.Values.ToDictionary(Path, c => c.Id));

            string Path(Category category) => category.ParentId is { } parent ? $"{Path(all[parent])}/{category.Slug}" : category.Slug;
        }

        public async Task<Article> ReceiveAsync(NewsDbContext db, string headline, Copy copy)
        {
            var article = new Article(headline, copy.At ?? Opening);
            article.Write(new(headline, copy.KeyPoints, copy.Body), copy.At ?? Opening);
            article.FileUnder(await FindAsync<Category>(db, categories[copy.Category]));
            article.Sign(await FindAuthorAsync(db, copy.Author));
            article.OpenComments(copy.CommentsOpen);
            var tags = new List<Tag>();
            foreach (var name in copy.Tags) tags.Add(await TagAsync(db, name));
            article.TagWith(tags);
            db.Add(article);
            return article;
        }

        private static async Task<Author> FindAuthorAsync(NewsDbContext db, string slug) =>
            db.Authors.Local.FirstOrDefault(a => a.Slug == slug) ?? await db.Authors.SingleAsync(a => a.Slug == slug);

        private static async Task<T> FindAsync<T>(NewsDbContext db, int id) where T : class =>
            await db.FindAsync<T>(id) ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{typeof(T).Name} {id} is missing."));

        private async Task<Tag> TagAsync(NewsDbContext db, string name)
        {
            var slug = Core.Slug.From(name);
            if (_tags.TryGetValue(slug, out var known)) return known;
            return _tags[slug] = await db.Tags.SingleOrDefaultAsync(t => t.Slug == slug) ?? new Tag(name);
        }
    }
}
