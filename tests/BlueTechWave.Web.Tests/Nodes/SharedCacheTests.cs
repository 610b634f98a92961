using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Tests.Api;
using BlueTechWave.Web.Tests.Newsroom;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using static BlueTechWave.Web.Tests.Nodes.TwoNodes;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>What is saved on one node is what readers of the other get, a moment later.</summary>
public class SharedCacheTests
{
    [Fact]
    public async Task What_is_published_renamed_and_withdrawn_on_one_node_is_so_on_the_other()
    {
        await using var nodes = await OpenAsync();
        await HoldsAsync(nodes.B, "/", "/feed", "/category/ai");

        var article = await nodes.A.PublishAsync("Robots learn to swim");
        var path = NewsSite.AddressOf(article);
        foreach (var place in (string[])["/", "/feed", "/category/ai", path])
            await SoonAsync($"published, {place}", () => ShowsAsync(nodes.B, place, "Robots learn to swim"));

        await HoldsAsync(nodes.B, "/", path);
        await nodes.A.HeadlineAsync(article, "Robots learn to dive");
        foreach (var place in (string[])["/", path])
            await SoonAsync($"renamed, {place}", async () => await ShowsAsync(nodes.B, place, "Robots learn to dive") && !await ShowsAsync(nodes.B, place, "Robots learn to swim"));

        await HoldsAsync(nodes.B, "/", path);
        await nodes.A.WithdrawAsync(article);
        await SoonAsync("withdrawn, /", async () => !await ShowsAsync(nodes.B, "/", "Robots learn to dive"));
        await SoonAsync($"withdrawn, {path}", async () => await nodes.B.Reader.StatusAsync(path) == HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_menu_and_a_comment_that_change_on_one_node_change_on_the_other()
    {
        await using var nodes = await OpenAsync();
        var path = NewsSite.AddressOf(await nodes.A.PublishAsync("Robots learn to swim"));
        var comment = await nodes.A.CommentAsync(await nodes.A.AskAsync(db => db.Articles.SingleAsync()), CommentState.Pending, "I saw them do it.");
        await HoldsAsync(nodes.B, path, "/about");

        await nodes.A.DecideAsync(comment, CommentState.Approved);
        await SoonAsync("comment approved", () => ShowsAsync(nodes.B, path, "I saw them do it."));

        await nodes.A.EditAsync(async db => db.Add(new MenuItem(MenuPlace.Header, "Under the sea", 9, page: await db.Pages.FirstAsync())));
        await SoonAsync("menu changed", () => ShowsAsync(nodes.B, "/about", "Under the sea"));
    }

    [Fact]
    public async Task A_key_that_is_revoked_and_a_picture_that_is_held_on_one_node_open_nothing_on_the_other()
    {
        await using var bucket = await TestBucket.MakeAsync();
        await using var nodes = await OpenAsync("Media:Provider=S3", $"Media:S3:ServiceUrl={bucket.Place.ServiceUrl}", $"Media:S3:Bucket={bucket.Place.Bucket}", "Media:S3:AccessKey=tester", "Media:S3:SecretKey=s");
        using var noor = await Colleague.ArriveAsync(nodes.A, Role.Editor, "Noor Haddad");
        var picture = await nodes.A.PictureAsync(noor);
        var path = await nodes.A.PublishUnderAsync(noor, picture);
        var key = await nodes.A.KeyAsync();
        await SoonAsync("picture shown", async () => Bringing.Media(await nodes.B.Reader.PageAsync(path)).Count > 0);
        var file = Bringing.Media(await nodes.B.Reader.PageAsync(path))[0];
        Assert.Equal(HttpStatusCode.OK, await nodes.B.Reader.StatusAsync(file));
        Assert.Equal(HttpStatusCode.OK, await nodes.B.Reader.StatusOfAsync("/api/v1/articles", key));

        await nodes.A.EditAsync(async db => (await db.ApiKeys.SingleAsync()).Revoke(nodes.A.Now));
        await SoonAsync("key revoked", async () => await nodes.B.Reader.StatusOfAsync("/api/v1/articles", key) == HttpStatusCode.Unauthorized);

        // The paper's clock stands still: no memory of some seconds comes to its end.
        await noor.PostAsync(Bringing.AddressOf(picture), new() { ["embargodate"] = "2024-10-01", ["embargotime"] = "09:00" }, "Save picture");
        Assert.False((await nodes.A.FindPictureAsync(picture)).IsShown);
        await SoonAsync("picture held", async () => await nodes.B.Reader.StatusAsync(file) == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_page_that_was_being_made_when_another_node_saved_is_not_kept()
    {
        await using var nodes = await OpenAsync();
        var article = await nodes.A.PublishAsync("Robots learn to swim");
        var path = NewsSite.AddressOf(article);
        await SoonAsync("published", async () => await nodes.B.Reader.StatusAsync(path) == HttpStatusCode.OK);
        for (var i = 0; i < 20; i++)
        {
            // Made on B at the very time, and again and again.
            var reading = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => nodes.B.Reader.GetStringAsync(path)));
            await nodes.A.HeadlineAsync(article, $"Robots swim {i} lanes");
            await reading;
            await SoonAsync($"renamed {i}", () => ShowsAsync(nodes.B, path, $"Robots swim {i} lanes"));
        }
    }

    [Fact]
    public async Task A_node_that_could_not_hear_trusts_nothing_it_kept()
    {
        await using var nodes = await OpenAsync();
        var article = await nodes.A.PublishAsync("Robots learn to swim");
        await SoonAsync("published", () => ShowsAsync(nodes.B, "/", "Robots learn to swim"));
        await HoldsAsync(nodes.B, "/");

        // B is told, as its line breaks: what was said in between is lost.
        await CutAsync(nodes.A.Connection);
        await nodes.A.HeadlineAsync(article, "Robots learn to dive");

        await SoonAsync("renamed", () => ShowsAsync(nodes.B, "/", "Robots learn to dive"), () => nodes.B.Clock.Advance(TimeSpan.FromMilliseconds(50)));
        await HoldsAsync(nodes.B, "/");
        await nodes.A.HeadlineAsync(article, "Robots learn to fly");
        await SoonAsync("hears again", () => ShowsAsync(nodes.B, "/", "Robots learn to fly"));
    }

    [Fact]
    public async Task A_save_that_is_taken_back_is_told_to_nobody_and_one_of_thousands_of_changes_is_told_whole()
    {
        await using var nodes = await OpenAsync();
        await HoldsAsync(nodes.B, "/about");
        await nodes.A.AskAsync(async db =>
        {
            await using var both = await db.Database.BeginTransactionAsync();
            db.Add(new MenuItem(MenuPlace.Header, "Never", 9, page: await db.Pages.FirstAsync()));
            await db.SaveChangesAsync();
            await both.RollbackAsync();
            return true;
        });
        await nodes.A.PublishAsync("Robots learn to swim");
        await SoonAsync("published", () => ShowsAsync(nodes.B, "/", "Robots learn to swim"));
        Assert.True(await nodes.B.Reader.IsCachedAsync("/about") || await nodes.B.Reader.IsCachedAsync("/about"));

        await nodes.A.AskAsync(async db =>
        {
            await using var all = await db.Database.BeginTransactionAsync();
            db.Noticed.UnionWith(Enumerable.Range(1, 5_000).Select(Notice.Tag));
            db.Add(new MenuItem(MenuPlace.Header, "Under the sea", 9, page: await db.Pages.FirstAsync()));
            await db.SaveChangesAsync();
            await all.CommitAsync();
            return true;
        });
        await SoonAsync("thousands of changes", () => ShowsAsync(nodes.B, "/about", "Under the sea"));
    }

    /// <summary>Asked for until the cache has them.</summary>
    private static async Task HoldsAsync(NewsSite site, params string[] paths)
    {
        foreach (var path in paths) await SoonAsync($"kept, {path}", () => site.Reader.IsCachedAsync(path));
    }

    private static async Task<bool> ShowsAsync(NewsSite site, string path, string words)
    {
        using var answer = await site.Reader.GetAsync(path);
        return (await answer.Content.ReadAsStringAsync()).Contains(words, StringComparison.Ordinal);
    }

    private static async Task CutAsync(string connection)
    {
        await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await server.OpenAsync();
        await using var cut = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'", server);
        Assert.Equal(2L, await cut.ExecuteScalarAsync());
    }
}
