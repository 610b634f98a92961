using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Articles;

public class ArticleLifeTests
{
    [Theory]
    [InlineData("2024-09-30T20:59:59Z", 2024, 9)]
    [InlineData("2024-09-30T23:30:00Z", 2024, 10)]
    [InlineData("2024-12-31T22:00:00Z", 2025, 1)]
    public async Task The_month_in_the_address_is_that_of_the_sites_zone(string moment, int year, int month)
    {
        await using var paper = await Paper.OpenAsync(Provider.Sqlite);
        var helsinki = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");
        var at = DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;

        var id = await paper.DraftAsync("Late shift", (a, _) => a.Publish(at, helsinki));

        await using var db = paper.Open();
        Assert.Equal(id, await db.Articles.At(year, month, "late-shift").Select(a => a.Id).SingleAsync());
        Assert.Equal(at, await db.Articles.Select(a => a.PublishedAt).SingleAsync());
    }

    [Theory, OnEachProvider]
    public async Task Who_saves_on_an_older_version_is_told_instead_of_writing_over_it(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Routers learn to swim");
        await using var lina = paper.Open();
        await using var petra = paper.Open();
        var hers = await lina.Articles.SingleAsync(a => a.Id == id);
        var other = await petra.Articles.SingleAsync(a => a.Id == id);

        hers.Update(Paper.Noon.AddHours(1));
        await lina.SaveChangesAsync();
        other.Withdraw("Never mind.", Paper.Noon.AddHours(2));

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => petra.SaveChangesAsync());
        await paper.AssertListingsAreTrueAsync();
    }

    [Theory, OnEachProvider]
    public async Task Retagging_alone_makes_a_new_version_too(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Routers learn to swim");
        await using var before = paper.Open();
        var version = await before.Articles.Select(a => a.Version).SingleAsync();

        await paper.ChangeAsync(id, (a, db) => a.TagWith(db.Tag("brazil")));

        await using var after = paper.Open();
        Assert.Equal(version + 1, await after.Articles.Select(a => a.Version).SingleAsync());
    }

    [Theory, OnEachProvider]
    public async Task Two_pieces_of_one_month_cannot_share_an_address(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await paper.PublishAsync("Routers learn to swim");
        var draft = await paper.DraftAsync("Routers learn to swim");

        await Assert.ThrowsAsync<DbUpdateException>(() => paper.ChangeAsync(draft, (a, _) => a.Publish(Paper.Noon, Paper.Zone)));
        await paper.AssertListingsAreTrueAsync();
    }

    [Theory, OnEachProvider]
    public async Task The_comment_count_counts_approved_ones_only(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Routers learn to swim");
        await using var db = paper.Open();
        var first = new Comment(id, "Aino", "aino@example.org", "Lovely.", Paper.Noon);
        var reply = new Comment(id, "Jonas", "jonas@example.org", "Indeed.", Paper.Noon, first);
        var spam = new Comment(id, "Bargain", "b@example.org", "Cheap.", Paper.Noon);
        db.Comments.AddRange(first, reply, spam);
        await db.SaveChangesAsync();
        Assert.Equal(0, await CountAsync());

        first.Approve(Actor.System, Paper.Noon);
        reply.Approve(Actor.System, Paper.Noon);
        spam.MarkSpam(Actor.System, Paper.Noon);
        await db.SaveChangesAsync();
        Assert.Equal(2, await CountAsync());

        reply.Reject(Actor.System, Paper.Noon);
        await db.SaveChangesAsync();
        Assert.Equal(1, await CountAsync());

        db.Comments.Remove(reply);
        db.Comments.Remove(first);
        await db.SaveChangesAsync();
        Assert.Equal(0, await CountAsync());

        async Task<int> CountAsync()
        {
            await using var look = paper.Open();
            return await look.Articles.Select(a => a.CommentCount).SingleAsync();
        }
    }

    [Theory, OnEachProvider]
    public async Task A_very_long_key_point_is_cut_on_the_card_only(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var point = string.Concat(Enumerable.Repeat("Seventeen words. ", 100)).Trim();

        await paper.PublishAsync("Routers learn to swim", keyPoint: point);

        await using var db = paper.Open();
        var article = await db.Articles.SingleAsync();
        Assert.Equal([point], article.KeyPoints);
        Assert.InRange(article.CardText.Length, 900, Article.CardTextLength);
        Assert.EndsWith("Seventeen…", article.CardText);
    }

    [Theory, OnEachProvider]
    public async Task A_piece_with_a_NUL_and_half_a_character_in_it_is_saved_and_found(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);

        var id = await paper.PublishAsync("Routers\0 learn\ud800", body: "Swim\0ming \udc00 lessons.", keyPoint: "A\0 point\ud83d.");

        await using var db = paper.Open();
        Assert.DoesNotContain('\0', await db.Articles.Where(a => a.Id == id).Select(a => a.Body).SingleAsync());
        var found = await db.Search.FindAsync(db, new("lessons"), CancellationToken.None);
        Assert.Equal([id], found.Hits.Select(h => h.ArticleId));
    }
}
