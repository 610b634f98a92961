using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Net;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pages;
using BlueTechWave.Core.Tags;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BlueTechWave.Web.Tests.Feeds;

/// <summary>The site as it is served, over a small store of its own, on 10 July 2025 at noon.</summary>
public sealed class FeedSite : IAsyncLifetime
{
    public const string Root = "https://btw.example";
    public static readonly DateTime Now = new(2025, 7, 10, 12, 0, 0, DateTimeKind.Utc);

    private readonly string _directory = Directory.CreateTempSubdirectory("btw-feeds-").FullName;
    private readonly QueryLog _log;
    private WebApplication _app = null!;

    public FeedSite() => _log = new(_directory);

    public HttpClient Reader { get; private set; } = null!;

    /// <summary>The answer to a reader, and what the site asked its store for it.</summary>
    public async Task<(string Text, IReadOnlyCollection<Query> Queries)> ReadAsync(string path)
    {
        _log.Clear();
        using var answer = await Reader.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode}");
        return (await answer.Content.ReadAsStringAsync(), [.. _log.Queries]);
    }

    public async ValueTask InitializeAsync()
    {
        var builder = Site.Builder(
        [
            "--environment=Production", "--applicationName=BlueTechWave.Web", "--urls=http://127.0.0.1:0",
            $"--Site:DataDirectory={_directory}", $"--Site:BaseUrl={Root}", "--Serilog:MinimumLevel:Default=Error",
        ]);
        builder.Services.AddSingleton<TimeProvider>(new Noon());
        _app = Site.Build(builder);
        await UseAsync(db => db.Database.MigrateAsync());
        await _app.StartAsync();
        Reader = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = new Uri(_app.Urls.Single()),
        };
    }

    public async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _log.Dispose();
        Directory.Delete(_directory, true);
    }

    public async Task UseAsync(Func<NewsDbContext, Task> act)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<NewsDbContext>());
    }

    public Task ChangeAsync(int id, Action<Article> verb) => UseAsync(async db =>
    {
        verb(await db.Articles.Include(a => a.Bylines).SingleAsync(a => a.Id == id));
        await db.SaveChangesAsync();
    });

    /// <summary>Writes and saves a piece ready to publish, and publishes it unless <paramref name="at"/> is null.</summary>
    public async Task<int> WriteAsync(string headline, DateTime? at, string category = "internet-governance/regulation", string body = "Words.",
        string[]? tags = null, string[]? authors = null, LeadPicture? picture = null, OurTake? take = null, string keyPoint = "A key point.")
    {
        var id = 0;
        await UseAsync(async db =>
        {
            var written = at ?? Now;
            var article = new Article(headline, written);
            article.Write(new ArticleText(headline, [keyPoint], body, take), written);
            article.FileUnder(await CategoryAsync(db, category));
            article.TagWith(await EachAsync(tags ?? ["Cables"], name => OrNew(db.Tags, db.Tags.Where(t => t.Name == name), () => new Tag(name))));
            article.Sign(await EachAsync(authors ?? ["Ana Reporter"], name => OrNew(db.Authors, db.Authors.Where(a => a.Name == name), () => new Author(name, "BTW reporter"))));
            article.Illustrate(picture);
            if (at is { } when) article.Publish(when, TimeZoneInfo.Utc);
            db.Articles.Add(article);
            await db.SaveChangesAsync();
            id = article.Id;
        });
        return id;
    }

    public async Task<int> CommentAsync(int article, string name, string body, Action<Comment> decide)
    {
        var comment = new Comment(article, name, "reader@example.org", body, Now);
        decide(comment);
        await UseAsync(async db =>
        {
            db.Comments.Add(comment);
            await db.SaveChangesAsync();
        });
        return comment.Id;
    }

    public Task AddPageAsync(string slug) => UseAsync(async db =>
    {
        db.Pages.Add(new StandingPage(slug, slug));
        await db.SaveChangesAsync();
    });

    private static async Task<Category> CategoryAsync(NewsDbContext db, string path)
    {
        Category? at = null;
        foreach (var slug in path.Split('/'))
        {
            var parent = at;
            var name = slug == "ai" ? "AI" : string.Join(' ', slug.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            var parentId = parent?.Id;
            at = await OrNew(db.Categories, db.Categories.Where(c => c.ParentId == parentId && c.Slug == slug),
                () => new Category(name, parent, isPartnerContent: slug == "partner-content"));
            await db.SaveChangesAsync();
        }

        return at!;
    }

    private static async Task<List<T>> EachAsync<T>(string[] names, Func<string, Task<T>> find)
    {
        var found = new List<T>();
        foreach (var name in names) found.Add(await find(name));
        return found;
    }

    private static async Task<T> OrNew<T>(DbSet<T> all, IQueryable<T> these, Func<T> make)
        where T : class => await these.FirstOrDefaultAsync() ?? all.Add(make()).Entity;

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>Hears what is asked of this site's store, and of no other that runs beside it.</summary>
    private sealed class QueryLog : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly string _directory;
        private readonly List<IDisposable> _subscriptions = [];
        private readonly ConcurrentQueue<Query> _queries = new();

        public QueryLog(string directory)
        {
            _directory = directory;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public IReadOnlyCollection<Query> Queries => _queries;

        public void Clear() => _queries.Clear();

        public void Dispose() => _subscriptions.ForEach(s => s.Dispose());

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key != RelationalEventId.CommandExecuting.Name || value.Value is not CommandEventData { Command: { } command }) return;
            if (command.Connection!.DataSource.StartsWith(_directory, StringComparison.Ordinal))
                _queries.Enqueue(new(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]));
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}

/// <summary>A statement that the site has put to its store.</summary>
public sealed record Query(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters)
{
    /// <summary>How SQLite walks to the answer, a step a line.</summary>
    public async Task<string> PlanAsync(NewsDbContext db)
    {
        await db.Database.OpenConnectionAsync();
        await using var explain = db.Database.GetDbConnection().CreateCommand();
        explain.CommandText = $"EXPLAIN QUERY PLAN {Sql}";
        foreach (var (name, value) in Parameters)
        {
            var parameter = explain.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            explain.Parameters.Add(parameter);
        }

        var steps = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync()) steps.Add(reader.GetString(3));
        return string.Join('\n', steps);
    }
}
