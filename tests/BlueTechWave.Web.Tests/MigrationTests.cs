using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BlueTechWave.Web.Tests;

/// <summary>What a paper has from before is there after an upgrade, and found.</summary>
public class MigrationTests
{
    private static readonly string[] Addresses = ["192.0.2.7", "10.0.0.255", "2001:db8::1", "::1", "::", "2001:db8::", "fe80::1:2:3:4", "1:2:3:4:5:6:7:8", "1::8", ""];

    [Theory, EachStore]
    public async Task Older_comments_are_found_by_their_network_and_told_to_be_ours(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        await site.EditAsync(async db =>
        {
            var author = await db.Authors.Select(a => a.Id).FirstAsync();
            foreach (var (i, address) in Addresses.Index())
            {
                var comment = new Comment(article.Id, "Ada Reader", "ada@reader.example", $"Observation {i}.", site.Now, authorId: i == 0 ? author : null);
                comment.Receive(new(CommentState.Pending, ""), address, site.Now);
                db.Add(comment);
            }
        });
        var before = await KnownAsync(site);

        await MoveAsync(site, "SavedViews");
        await MoveAsync(site, null);

        Assert.Equal(before, await KnownAsync(site));
        Assert.Equal(Addresses.Select(Ban.Sortable), before.Select(c => c.AddressKey));
    }

    private static Task<List<(string AddressKey, bool IsStaff)>> KnownAsync(NewsSite site) => site.AskAsync(async db =>
        (await db.Comments.AsNoTracking().OrderBy(c => c.Id).ToListAsync()).ConvertAll(c => (c.AddressKey, c.IsStaff)));

    private static Task<bool> MoveAsync(NewsSite site, string? migration) => site.AskAsync(async db =>
    {
        await db.GetService<IMigrator>().MigrateAsync(migration);
        return true;
    });
}
