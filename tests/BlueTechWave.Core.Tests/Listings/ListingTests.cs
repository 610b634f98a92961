using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Listings;

public class ListingTests
{
    [Theory, OnEachProvider]
    public async Task A_published_article_enters_the_lists_of_its_site_year_month_categories_tags_and_authors(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await paper.DraftAsync("Still thinking");
        var id = await paper.PublishAsync("Routers learn to swim", (a, db) =>
        {
            a.FileUnder(db.Category("networking"), db.Category("payments"));
            a.TagWith(db.Tag("ipv6"), db.Tag("brazil"));
            a.Sign(db.Author("petra-novotna"), db.Author("lina-moreau"));
        });

        foreach (var listing in ListsOfTheExample)
        {
            Assert.Equal([id], await paper.IdsAsync(listing));
            Assert.Equal(1, await paper.CountAsync(listing));
        }

        await paper.AssertListingsAreTrueAsync();
    }

    [Theory, OnEachProvider]
    public async Task A_withdrawn_article_leaves_every_list_and_a_restored_one_is_back_at_its_old_place(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var older = await paper.PublishAsync("The older one", at: Paper.Noon.AddHours(-2));
        var id = await paper.PublishAsync("Routers learn to swim", at: Paper.Noon.AddHours(-1));
        var newer = await paper.PublishAsync("The newer one");

        await paper.WithdrawAsync(id);
        Assert.Equal([newer, older], await paper.IdsAsync(_ => Listing.Site));
        Assert.Equal([newer, older], await paper.IdsAsync(db => Listing.OfTag(db.Tag("ipv6").Id)));
        Assert.Equal(2, await paper.CountAsync(_ => Listing.OfMonth(2025, 7)));
        await paper.AssertListingsAreTrueAsync();

        await paper.ChangeAsync(id, (a, _) => a.Publish(Paper.Noon.AddDays(3), Paper.Zone));
        Assert.Equal([newer, id, older], await paper.IdsAsync(db => Listing.OfCategory(db.Category("it-infrastructure").Id)));
        await paper.AssertListingsAreTrueAsync();
    }

    [Theory, OnEachProvider]
    public async Task A_deleted_article_leaves_every_list_and_its_count(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Routers learn to swim");
        var stays = await paper.PublishAsync("Routers learn to float");

        await paper.ChangeAsync(id, (a, db) => db.Articles.Remove(a));

        Assert.Equal([stays], await paper.IdsAsync(_ => Listing.Site));
        Assert.Equal(1, await paper.CountAsync(_ => Listing.Site));
        await paper.AssertListingsAreTrueAsync();
    }

    [Theory, OnEachProvider]
    public async Task A_retagged_article_moves_from_the_old_tag_to_the_new(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Routers learn to swim");

        await paper.ChangeAsync(id, (a, db) => a.TagWith(db.Tag("brazil")));

        Assert.Empty(await paper.IdsAsync(db => Listing.OfTag(db.Tag("ipv6").Id)));
        Assert.Equal(0, await paper.CountAsync(db => Listing.OfTag(db.Tag("ipv6").Id)));
        Assert.Equal([id], await paper.IdsAsync(db => Listing.OfTag(db.Tag("brazil").Id)));
        Assert.Equal(1, await paper.CountAsync(db => Listing.OfTag(db.Tag("brazil").Id)));
    }

    [Theory, OnEachProvider]
    public async Task A_piece_keeps_its_tag_and_its_author_when_it_is_given_them_again_in_another_order(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Routers learn to swim", (a, db) =>
        {
            a.FileUnder(db.Category("networking"), db.Category("payments"));
            a.TagWith(db.Tag("ipv6"), db.Tag("brazil"));
            a.Sign(db.Author("petra-novotna"), db.Author("lina-moreau"));
        });

        await paper.ChangeAsync(id, (a, db) =>
        {
            a.FileUnder(db.Category("networking"), db.Category("payments"));
            a.TagWith(db.Tag("brazil"), db.Tag("ipv6"));
            a.Sign(db.Author("lina-moreau"), db.Author("petra-novotna"));
        });

        await using var db = paper.Open();
        var article = await db.Articles.Include(a => a.Tags).ThenInclude(t => t.Tag).Include(a => a.Bylines).SingleAsync();
        Assert.Equal(["Brazil", "IPv6"], article.Tags.OrderBy(t => t.Position).Select(t => t.Tag.Name));
        Assert.Equal(["Lina Moreau", "Petra Novotná"], article.Bylines.OrderBy(b => b.Position).Select(b => b.Name));
        foreach (var listing in ListsOfTheExample) Assert.Equal([id], await paper.IdsAsync(listing));
        await paper.AssertListingsAreTrueAsync();
    }

    [Theory, OnEachProvider]
    public async Task A_category_moved_under_another_parent_takes_its_articles_along(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Routers learn to swim");
        await using (var db = paper.Open())
        {
            db.Category("networking").MoveUnder(db.Category("fintech"));
            await db.SaveChangesAsync();
        }

        Assert.Empty(await paper.IdsAsync(db => Listing.OfCategory(db.Category("it-infrastructure").Id)));
        Assert.Equal([id], await paper.IdsAsync(db => Listing.OfCategory(db.Category("fintech").Id)));
        Assert.Equal([id], await paper.IdsAsync(db => Listing.OfCategory(db.Category("networking").Id)));
        Assert.Equal(0, await paper.CountAsync(db => Listing.OfCategory(db.Category("it-infrastructure").Id)));
        await paper.AssertListingsAreTrueAsync();
    }

    [Theory, OnEachProvider]
    public async Task A_page_beyond_the_end_is_empty_however_large_its_number(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Routers learn to swim");
        await using var db = paper.Open();

        Assert.Equal([id], (await ArticleCard.ListAsync(db, Listing.Site, 1, 20, CancellationToken.None)).Select(c => c.Id));
        Assert.Empty(await ArticleCard.ListAsync(db, Listing.Site, int.MaxValue, 20, CancellationToken.None));
    }

    [Fact]
    public void A_category_cannot_be_moved_under_its_own_child()
    {
        var parent = new Category("IT Infrastructure");
        var child = new Category("Networking", parent);

        Assert.Throws<InvalidOperationException>(() => parent.MoveUnder(new Category("Routing", child)));
        Assert.Throws<InvalidOperationException>(() => parent.MoveUnder(parent));
    }

    [Theory, OnEachProvider]
    public async Task Many_publishers_at_once_keep_the_counts_right(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(desk => Task.Run(async () =>
        {
            for (var i = 0; i < 6; i++)
            {
                var id = await paper.PublishAsync($"Desk {desk}, piece {i}", at: Paper.Noon.AddMinutes(-i));
                if (i % 3 == 2) await paper.WithdrawAsync(id);
            }
        })));

        Assert.Equal(16, await paper.CountAsync(_ => Listing.Site));
        Assert.Equal(16, await paper.CountAsync(db => Listing.OfCategory(db.Category("it-infrastructure").Id)));
        await paper.AssertListingsAreTrueAsync();
    }

    [Theory, OnEachProvider]
    public async Task After_any_sequence_of_acts_a_listing_is_as_long_as_it_says(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var dice = new Random(19_840);
        string[] categories = ["it-infrastructure", "networking", "fintech", "payments"];
        var ids = new List<int>();
        for (var i = 0; i < 5; i++) ids.Add(await paper.DraftAsync($"Piece {i}"));

        for (var step = 0; step < 60; step++)
        {
            var id = ids[dice.Next(ids.Count)];
            await paper.ChangeAsync(id, (a, db) => Act(a, db));
            if (step % 10 == 9) await paper.AssertListingsAreTrueAsync();
        }

        void Act(Article article, NewsDbContext db)
        {
            switch (dice.Next(7))
            {
                case 0 or 1 when article.Status != ArticleStatus.Published: article.Publish(Paper.Noon.AddDays(-dice.Next(400)), Paper.Zone); break;
                case 2 when article.Status == ArticleStatus.Published: article.Withdraw("A reason.", Paper.Noon); break;
                case 3: article.TagWith(db.Tag("brazil"), db.Tag("ipv6")); break;
                case 4: article.TagWith(); break;
                case 5: article.FileUnder(db.Category(categories[dice.Next(4)]), db.Category(categories[dice.Next(4)])); break;
                default:
                    var parent = db.Category(categories[dice.Next(2) * 2]);
                    db.Category(categories[1 + dice.Next(2) * 2]).MoveUnder(parent);
                    break;
            }
        }
    }

    private static readonly Func<NewsDbContext, Listing>[] ListsOfTheExample =
    [
        _ => Listing.Site,
        _ => Listing.OfYear(2025),
        _ => Listing.OfMonth(2025, 7),
        db => Listing.OfCategory(db.Category("networking").Id),
        db => Listing.OfCategory(db.Category("it-infrastructure").Id),
        db => Listing.OfCategory(db.Category("payments").Id),
        db => Listing.OfCategory(db.Category("fintech").Id),
        db => Listing.OfTag(db.Tag("ipv6").Id),
        db => Listing.OfTag(db.Tag("brazil").Id),
        db => Listing.OfAuthor(db.Author("petra-novotna").Id),
        db => Listing.OfAuthor(db.Author("lina-moreau").Id),
    ];
}
