using System.Collections.Concurrent;
using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Web.Tests.Comments;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>
/// A busy hour on a store in one file, where only one can write at a time. (That what was acknowledged outlives a killed site
/// is in <see cref="KillTests"/>.)
/// </summary>
public sealed class ManyWritersTests
{
    private const int Writers = 8;
    private const int SavesOfEach = 6;
    private const int Commenters = 6;

    [Theory, EachStore]
    public async Task Many_save_comment_and_read_at_once_and_nobody_is_turned_away(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=10000", "RateLimits:CommentsPerArticlePerMinute=10000", "Comments:LeastSeconds=0");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var discussed = await site.ArticleAsync(await site.WriteAsync(noor, "Cable discussed", a => a.Publish(site.Now, TimeZoneInfo.Utc)));
        var drafts = new List<int>();
        for (var i = 0; i < Writers; i++) drafts.Add(await site.WriteAsync(noor, $"Cable {i}"));
        var (kept, answers, over) = (new ConcurrentBag<(int Article, string Headline)>(), new ConcurrentBag<HttpStatusCode>(), 0);

        var writing = drafts.Select(draft => Task.Run(async () =>
        {
            for (var turn = 1; turn <= SavesOfEach; turn++)
            {
                var headline = $"Cable {draft}, take {turn}";
                using var answer = await noor.PressAsync(draft, turn == SavesOfEach ? "Publish" : "Save draft", ("Headline", headline));
                answers.Add(answer.StatusCode);
                if (answer.StatusCode == HttpStatusCode.SeeOther) kept.Add((draft, headline));
            }
        }));
        var commenting = Enumerable.Range(0, Commenters).Select(who => Task.Run(async () =>
        {
            for (var turn = 0; turn < SavesOfEach; turn++)
            {
                // Each says something of her own, or it would be taken for the same.
                using var answer = await site.SayAsync(discussed, $"I was there, said {Words[who]} about {Words[turn]} on {Words[(who + turn) % Words.Length]} street {who * 10 + turn}.");
                answers.Add(answer.StatusCode);
            }
        }));
        var reading = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (Volatile.Read(ref over) == 0)
            {
                using var answer = await site.Reader.GetAsync("/search?q=" + Random.Shared.Next());
                answers.Add(answer.StatusCode == HttpStatusCode.OK ? HttpStatusCode.SeeOther : answer.StatusCode);
            }
        })).ToList();
        await Task.WhenAll(writing.Concat(commenting));
        Volatile.Write(ref over, 1);
        await Task.WhenAll(reading);

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.SeeOther, status));
        Assert.Equal(Writers * SavesOfEach, kept.Count);
        foreach (var draft in drafts)
        {
            var article = await site.ArticleAsync(draft);
            Assert.Equal(($"Cable {draft}, take {SavesOfEach}", ArticleStatus.Published), (article.Headline, article.Status));
            Assert.Equal(kept.Where(k => k.Article == draft).Select(k => k.Headline).Order(), article.Revisions.Select(r => r.Text?.Headline).OfType<string>().Where(h => h.Contains("take", StringComparison.Ordinal)).Distinct().Order());
        }

        Assert.Equal(Commenters * SavesOfEach, await site.AskAsync(db => db.Comments.CountAsync()));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains("locked", StringComparison.OrdinalIgnoreCase));
        Assert.True((await site.AskAsync(db => Core.Data.StoreCheck.MendAsync(db))).IsClean);
    }

    [Fact]
    public async Task A_save_is_on_the_disk_before_it_is_acknowledged()
    {
        await using var site = await NewsSite.OpenAsync();
        Assert.Equal("wal", await AskAsync<string>(site, "SELECT journal_mode AS Value FROM pragma_journal_mode"));
        // FULL: the log is flushed at every commit.
        Assert.Equal(2, await AskAsync<int>(site, "SELECT synchronous AS Value FROM pragma_synchronous"));
        Assert.Equal(1, await AskAsync<int>(site, "SELECT foreign_keys AS Value FROM pragma_foreign_keys"));
        Assert.Equal(5000, await AskAsync<int>(site, "SELECT timeout AS Value FROM pragma_busy_timeout"));
    }

    private static readonly string[] Words = ["coral", "granite", "violet", "timber", "marble", "saffron"];

    private static Task<T> AskAsync<T>(NewsSite site, string sql) => site.AskAsync(db => db.Database.SqlQueryRaw<T>(sql).SingleAsync());
}
