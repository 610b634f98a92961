using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Demo;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Demo;

public class DemoNewsroomTests(DemoStores demo) : IClassFixture<DemoStores>
{
    [Theory, OnEachProvider]
    public async Task A_full_store_does_not_need_the_demo_and_an_interrupted_load_leaves_an_empty_one(Provider provider)
    {
        await using (var full = (await demo.ThisAsync(provider)).Open()) Assert.False(await DemoNewsroom.IsNeededAsync(full));

        await using var store = await Store.CreateAsync(provider);
        await using (var killed = store.Open())
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => DemoNewsroom.LoadAsync(killed, DemoStores.Now, DemoStores.Helsinki,
                new Listener(p => { if (p.Done == 7) throw new OperationCanceledException(); })));
        }

        await using var db = store.Open();
        Assert.True(await DemoNewsroom.IsNeededAsync(db));
        Assert.Equal(0, await db.Tags.CountAsync() + await db.MenuItems.CountAsync() + await db.ListingEntries.CountAsync() + await db.Pages.CountAsync());
    }

    [Theory, OnEachProvider]
    public async Task Every_month_from_July_2023_to_July_2025_has_news_and_four_pieces_are_fresh(Provider provider)
    {
        await using var db = (await demo.ThisAsync(provider)).Open();
        var frame = await SiteFrame.LoadAsync(db, DemoStores.Now);
        var months = Enumerable.Range(0, 25).Select(i => new DateTime(2025, 7, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(-i)).Select(m => (m.Year, m.Month));

        Assert.Equal(months, frame.Months.Select(m => (m.Year, m.Month)));
        Assert.True(frame.ArticleCount >= 40);
        Assert.Equal(frame.ArticleCount, await db.Articles.Published().CountAsync());
        Assert.Equal(4, await db.Articles.Published().CountAsync(a => a.PublishedAt >= DemoStores.Now.AddDays(-2)));
        Assert.Equal(5, await db.Articles.Select(a => a.Status).Distinct().CountAsync());
    }

    [Theory, OnEachProvider]
    public async Task Every_category_of_the_menu_has_something_to_read(Provider provider)
    {
        await using var db = (await demo.ThisAsync(provider)).Open();
        var frame = await SiteFrame.LoadAsync(db, DemoStores.Now);

        Assert.Equal(24, frame.Categories.Count);
        Assert.Empty(frame.Categories.Values.Where(c => c.Count == 0).Select(c => c.Path));
        Assert.Contains("fintech/regulation", frame.CategoriesByPath.Keys);
        Assert.Contains("internet-governance/regulation", frame.CategoriesByPath.Keys);
    }

    [Theory, OnEachProvider]
    public async Task The_menus_and_the_social_links_are_those_of_the_seed(Provider provider)
    {
        await using var db = (await demo.ThisAsync(provider)).Open();
        var frame = await SiteFrame.LoadAsync(db, DemoStores.Now);

        Assert.Equal(
            "Home, Leadership Alliance, Exclusives, Internet Governance (Regulation, Governance Bodies, Emerging Tech), "
            + "IT Infrastructure (Networking, Cloud, Data Centres), Company Stories (Profiles, Startups, Tech Titans, Partner Content), "
            + "Others (Fintech (Blockchain, Payments, Regulation), Tech Trends (AI, AR/VR, IoT), Video / Podcast)",
            Written(frame.HeaderMenu));
        Assert.Equal(
            "BTW (About BTW, Contact Us, Join Our Team), TERMS (Privacy Policy, Cookie Policy, Terms of Use), Read (Archives, Search, Corrections, RSS feed)",
            Written(frame.FooterMenu));
        var others = frame.HeaderMenu[^1];
        Assert.True(others is { Category: null, PageSlug: null, Url: null });
        Assert.Equal("fintech/regulation", others.Children[0].Children[2].Category?.Path);
        Assert.Equal(["Facebook", "LinkedIn", "YouTube", "Instagram", "X (Twitter)"], frame.HeaderSocial.Select(s => s.Label));
        Assert.Equal(["Facebook", "X (Twitter)", "Instagram", "YouTube", "LinkedIn"], frame.FooterSocial.Select(s => s.Label));
        Assert.Contains("complexity into clarity", frame.Settings.FooterHtml);
        Assert.NotEmpty(frame.Settings.Tagline);

        static string Written(IEnumerable<MenuNode> menu) =>
            string.Join(", ", menu.Select(m => m.Children.Count == 0 ? m.Label : $"{m.Label} ({Written(m.Children)})"));
    }

    [Theory, OnEachProvider]
    public async Task Eight_authors_forty_tags_and_seven_pages_are_there(Provider provider)
    {
        await using var db = (await demo.ThisAsync(provider)).Open();

        Assert.Equal(8, await db.Authors.CountAsync());
        Assert.InRange(await db.Tags.CountAsync(), 36, 50);
        Assert.Equal(["about", "contact", "cookies", "corrections", "join", "privacy", "terms"], await db.Pages.Select(p => p.Slug).Order().ToListAsync());
        Assert.Equal(1, await db.Redirects.CountAsync(r => r.From == "/2024/09/microsoft-mexico-cloud" && r.Article!.Slug == DemoNewsroom.LeadSlug));
    }

    [Theory, OnEachProvider]
    public async Task Comments_come_in_every_state_in_the_order_they_were_made_and_never_from_the_future(Provider provider)
    {
        await using var db = (await demo.ThisAsync(provider)).Open();
        var comments = await db.Comments.OrderBy(c => c.Id).ToListAsync();

        Assert.Equal(Enum.GetValues<CommentState>(), comments.Select(c => c.State).Distinct().Order());
        Assert.Equal(comments.Select(c => c.CreatedAt).Order(), comments.Select(c => c.CreatedAt));
        Assert.All(comments, c => Assert.InRange(c.CreatedAt, DateTime.UnixEpoch, DemoStores.Now));
        Assert.Contains(comments, c => c is { Depth: 2, ParentId: not null });
        Assert.All(comments.Where(c => c.ParentId is not null), c => Assert.Equal(c.ArticleId, comments.Single(p => p.Id == c.ParentId).ArticleId));
        Assert.Contains(comments, c => c.IsFeatured);
        var staff = await db.Authors.ToDictionaryAsync(a => a.Id, a => a.TipsEmail);
        Assert.Contains(comments, c => c.AuthorId is not null);
        Assert.All(comments.Where(c => c.AuthorId is not null), c => Assert.Equal(staff[c.AuthorId!.Value], c.Email));

        var counts = await db.Articles.ToDictionaryAsync(a => a.Id, a => a.CommentCount);
        Assert.All(counts, article => Assert.Equal(comments.Count(c => c.ArticleId == article.Key && c.State == CommentState.Approved), article.Value));
    }

    [Theory, OnEachProvider]
    public async Task The_Mexico_article_shows_everything_an_article_can_have(Provider provider)
    {
        await using var db = (await demo.ThisAsync(provider)).Open();
        var article = await db.Articles.Include(a => a.Category).Include(a => a.Bylines).Include(a => a.Links).Include(a => a.Revisions)
            .Include(a => a.Tags).ThenInclude(t => t.Tag)
            .SingleAsync(a => a.Slug == DemoNewsroom.LeadSlug);

        Assert.Equal("Microsoft invests $1.3B in Mexico’s cloud computing and AI infrastructure", article.Headline);
        Assert.Equal((2024, 9, "AI"), (article.Year, article.Month, article.Category!.Name));
        Assert.Equal(["Lina Moreau"], article.Bylines.Select(b => b.Name));
        Assert.Equal(2, article.KeyPoints.Count);
        Assert.True(article.Take is { Label: OurTake.UsualLabel, Attribution: "Lina Moreau", Role: "BTW reporter", Html.Length: > 100 });
        Assert.Equal(["AI infrastructure", "cloud computing", "Mexico", "Microsoft"], article.Tags.OrderBy(t => t.Position).Select(t => t.Tag.Name));
        Assert.InRange(article.Words, 300, 400);
        Assert.Equal(2, article.ReadingMinutes);
        Assert.True(article.Picture is { Path: "/img/art/pic-mexico.svg", Width: 1200, Height: 800, Caption.Length: > 0, Credit.Length: > 0 });
        Assert.DoesNotMatch(@"\.(svg|jpe?g|png)|[-_]\d|^\w+-\w+$", article.Picture.Alt);
        Assert.Equal([ArticleAct.Written, ArticleAct.Published], article.Revisions.OrderBy(r => r.Id).Select(r => r.Act));

        var targets = article.Links.Select(l => l.TargetId).ToList();
        var headlines = await db.Articles.Published().Where(a => targets.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Headline);
        Assert.Equal(2, headlines.Count);
        var printed = ArticlePrint.Print(article.BodyHtml, id => headlines.TryGetValue(id, out var headline) ? (headline, $"/to/{id}") : null);
        Assert.All(headlines, target => Assert.Contains($"href=\"/to/{target.Key}\"", printed));
    }

    [Theory, OnEachProvider]
    public async Task No_piece_links_to_a_slug_or_has_an_empty_revision(Provider provider)
    {
        await using var db = (await demo.ThisAsync(provider)).Open();

        Assert.Empty(await db.Articles.Where(a => a.Body.Contains("article:m") || a.Body.Contains("article:b")).Select(a => a.Slug).ToListAsync());
        Assert.DoesNotContain(await db.Revisions.Where(r => r.Act == ArticleAct.Written).ToListAsync(), r => r.Text is not { Body.Length: > 0, AuthorIds.Count: > 0 });
        Assert.Equal(2, await db.Set<Correction>().CountAsync());
        Assert.True(await db.Articles.CountAsync(a => a.UpdatedAt != null) >= 4);
        var links = await db.Set<ArticleLink>().Select(l => l.TargetId).Distinct().ToListAsync();
        Assert.Equal(links.Count, await db.Articles.CountAsync(a => links.Contains(a.Id)));
    }

    [Theory, OnEachProvider]
    public async Task The_home_page_leads_with_Mexico_and_three_pictured_pieces_and_Mexico_is_read_most(Provider provider)
    {
        await using var db = (await demo.ThisAsync(provider)).Open();
        var slots = await db.HomeSlots.Include(s => s.Article).OrderBy(s => s.Position).ToListAsync();

        Assert.Equal([0, 1, 2, 3], slots.Select(s => s.Position));
        Assert.Equal(DemoNewsroom.LeadSlug, slots[0].Article.Slug);
        Assert.All(slots, slot => Assert.NotNull(slot.Article.Picture));
        Assert.Equal(4, slots.DistinctBy(s => s.ArticleId).Count());

        var frame = await SiteFrame.LoadAsync(db, DemoStores.Now);
        Assert.Equal(DemoNewsroom.LeadSlug, frame.MostRead.First().Slug);
        Assert.Equal(SiteFrame.MostReadShown, frame.MostRead.Count());
        var views = db.ArticleViews.Where(v => v.ArticleId == slots[0].ArticleId);
        Assert.Equal((884, 7), (await views.SumAsync(v => v.Count), await views.CountAsync()));
        Assert.Equal(DateOnly.FromDateTime(DemoStores.Now).AddDays(-6), await views.MinAsync(v => v.Day));
    }

    [Theory, OnEachProvider]
    public async Task A_page_of_every_listing_is_as_long_as_its_count_says(Provider provider)
    {
        await using var db = (await demo.ThisAsync(provider)).Open();

        foreach (var count in await db.ListingCounts.AsNoTracking().ToListAsync())
        {
            var cards = await ArticleCard.ListAsync(db, new Listing(count.Kind, count.Key), 1, 100, CancellationToken.None);
            Assert.Equal(count.Count, cards.Count);
            Assert.Equal(cards.OrderByDescending(c => c.PublishedAt).ThenByDescending(c => c.Id), cards);
        }
    }
}
