using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Writing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Writing;

public class ManuscriptSaveTests
{
    [Theory, OnEachProvider]
    public async Task A_manuscript_written_and_read_again_says_the_same(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var text = await WrittenAsync(paper);
        await using var db = paper.Open();
        var article = new Article("", Paper.Noon);
        db.Add(article);
        await ManuscriptSave.WriteAsync(db, article, text, 0, Paper.Noon, "Inês");
        await db.SaveChangesAsync();

        await using var look = paper.Open();
        var read = Manuscript.Of(await look.Articles.Whole().SingleAsync(a => a.Id == article.Id));
        var kept = (await look.Revisions.SingleAsync(r => r.ArticleId == article.Id)).Text!;

        Assert.True(text.SaysTheSameAs(read), $"{text}\n{read}");
        Assert.True(text.SaysTheSameAs(kept), $"{text}\n{kept}");
    }

    [Theory, OnEachProvider]
    public async Task Who_saves_on_an_older_version_is_merged_with_what_was_saved_since(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await BeginAsync(paper);
        var (first, began) = await OpenAsync(paper, id);

        Assert.False((await SaveAsync(paper, id, first with { Headline = "Hers" }, began, "Inês")).IsMerged);
        var saved = await SaveAsync(paper, id, first with { Body = "His." }, began, "Noor");

        Assert.True(saved.IsMerged);
        Assert.Equal(("Hers", "His."), await ReadAsync(paper, id, a => (a.Headline, a.Body)));
    }

    [Theory, OnEachProvider]
    public async Task A_true_overlap_overwrites_nothing_and_keeps_the_loser_beside_the_history(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await BeginAsync(paper);
        var (first, began) = await OpenAsync(paper, id);

        await SaveAsync(paper, id, first with { Body = "Hers." }, began, "Inês");
        var version = await ReadAsync(paper, id, a => a.Version);
        var saved = await SaveAsync(paper, id, first with { Body = "His." }, began, "Noor");

        Assert.Equal("Body", Assert.Single(saved.Overlaps).Field);
        Assert.Equal(("Hers.", version), await ReadAsync(paper, id, a => (a.Body, a.Version)));
        await using var look = paper.Open();
        var branch = await look.Revisions.SingleAsync(r => r.Act == ArticleAct.Branched);
        Assert.Equal(("His.", "Noor", began), (branch.Text!.Body, branch.By, branch.Version));

        // Having seen both, he saves on what is there now.
        Assert.Empty((await SaveAsync(paper, id, first with { Body = "Both." }, version, "Noor")).Overlaps);
        Assert.Equal("Both.", await ReadAsync(paper, id, a => a.Body));
    }

    [Theory, OnEachProvider]
    public async Task Tags_are_made_once_however_they_are_spelled_and_unknown_ids_name_nothing(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await BeginAsync(paper);
        var (first, began) = await OpenAsync(paper, id);

        await SaveAsync(paper, id, first with { Tags = ["brazil", "Quantum", "QUANTUM", " "], CategoryId = 99, AuthorIds = [99], FurtherCategoryIds = [98] }, began, "Inês");

        await using var look = paper.Open();
        var article = await look.Articles.Whole().SingleAsync(a => a.Id == id);
        Assert.Equal(["Brazil", "Quantum"], article.Tags.OrderBy(t => t.Position).Select(t => t.Tag.Name));
        Assert.Equal((null, 0, 0), (article.CategoryId, article.Bylines.Count, article.FurtherCategories.Count));
        Assert.Equal(3, await look.Tags.CountAsync());
    }

    [Theory, OnEachProvider]
    public async Task Reordering_authors_and_tags_moves_them_and_keeps_published_names(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Routers learn to swim", (a, db) =>
        {
            a.Sign(db.Author("lina-moreau"), db.Author("petra-novotna"));
            a.TagWith(db.Tag("ipv6"), db.Tag("brazil"));
        });
        await using (var db = paper.Open())
        {
            db.Author("lina-moreau").Describe("Lina Okafor", "editor", "", null);
            await db.SaveChangesAsync();
        }

        var (text, began) = await OpenAsync(paper, id);
        await SaveAsync(paper, id, text with { AuthorIds = [.. text.AuthorIds.Reverse()], Tags = [.. text.Tags.Reverse()] }, began, "Noor");

        await using var look = paper.Open();
        var article = await look.Articles.Whole().SingleAsync(a => a.Id == id);
        Assert.Equal(["Petra Novotná", "Lina Moreau"], article.Bylines.OrderBy(b => b.Position).Select(b => b.Name));
        Assert.Equal(["Brazil", "IPv6"], article.Tags.OrderBy(t => t.Position).Select(t => t.Tag.Name));
    }

    [Theory, OnEachProvider]
    public async Task Two_hundred_autosaves_are_no_line_of_the_history_and_a_late_one_changes_nothing(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await BeginAsync(paper);
        await using var db = paper.Open();
        var ines = new Account("ines@paper.example", "Inês", Role.Reporter, null, Paper.Noon) { NormalizedEmail = "INES", NormalizedUserName = "INES" };
        db.Add(ines);
        await db.SaveChangesAsync();
        var copy = new WorkingCopy(id, ines.Id, "window", 1, Manuscript.Empty, Paper.Noon);
        db.Add(copy);
        for (var i = 2; i <= 200; i++)
        {
            Assert.True(copy.Keep(1, new Manuscript { Body = $"{i}" }, i, Paper.Noon.AddSeconds(i)));
            await db.SaveChangesAsync();
        }

        Assert.False(copy.Keep(1, new Manuscript { Body = "late" }, 150, Paper.Noon));
        await using var look = paper.Open();
        Assert.Equal("200", (await look.WorkingCopies.SingleAsync()).Text.Body);
        Assert.Equal(1, await look.Revisions.CountAsync(r => r.ArticleId == id));
    }

    [Theory, OnEachProvider]
    public async Task What_is_missing_names_the_field_and_links_that_lead_nowhere(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await using var db = paper.Open();
        var article = new Article("", Paper.Noon);
        article.Write(new("", [], "See [this](article:4711).", new OurTake("We think so.", "", "")), Paper.Noon);
        article.Illustrate(new LeadPicture("/img/art/Microsoft-Mexico-09-25.jpg", 1, 1, "Microsoft-Mexico-09-25", null, null));
        db.Add(article);
        await db.SaveChangesAsync();

        var missing = await PublishCheck.MissingAsync(db, article);

        Assert.Equal(["Headline", "Slug", "KeyPoints", "CategoryId", "AuthorIds", "TakeBy", "PictureAlt", "Body"], missing.Select(m => m.Field));
        Assert.Throws<InvalidOperationException>(() => article.Publish(Paper.Noon, Paper.Zone));
    }

    [Theory]
    [InlineData("Microsoft-Mexico-09-25", "/a/b.jpg", true)]
    [InlineData("IMG_2043", "/a/b.jpg", true)]
    [InlineData("IMG_2043.JPG", "/a/b.jpg", true)]
    [InlineData("data hall", "/media/Data-Hall.png", true)]
    [InlineData("A data hall at night", "/media/data-hall.png", false)]
    [InlineData("Router", "/a/b.jpg", false)]
    public void An_alt_that_is_a_file_name_is_recognised(string alt, string path, bool resembles) =>
        Assert.Equal(resembles, FileName.Resembles(alt, path));

    private static Task<int> BeginAsync(Paper paper) => paper.DraftAsync("Routers learn to swim");

    private static async Task<(Manuscript, int)> OpenAsync(Paper paper, int id)
    {
        await using var db = paper.Open();
        var article = await db.Articles.Whole().SingleAsync(a => a.Id == id);
        return (Manuscript.Of(article), article.Version);
    }

    private static async Task<ManuscriptSave> SaveAsync(Paper paper, int id, Manuscript text, int began, string by)
    {
        await using var db = paper.Open();
        var article = await db.Articles.Whole().SingleAsync(a => a.Id == id);
        var saved = await ManuscriptSave.WriteAsync(db, article, text, began, Paper.Noon, by);
        await db.SaveChangesAsync();
        return saved;
    }

    private static async Task<T> ReadAsync<T>(Paper paper, int id, Func<Article, T> read)
    {
        await using var db = paper.Open();
        return read(await db.Articles.SingleAsync(a => a.Id == id));
    }

    private static async Task<Manuscript> WrittenAsync(Paper paper)
    {
        await using var db = paper.Open();
        return new()
        {
            Headline = "Ropes & “routers”",
            Slug = "ropes",
            KeyPoints = ["One.", "Two *points*."],
            Body = "Text — with é, 日 and 😀.\n",
            Summary = "In short.",
            Take = "We think so.",
            TakeBy = "Inês",
            TakeRole = "BTW reporter",
            CategoryId = db.Category("networking").Id,
            FurtherCategoryIds = [db.Category("payments").Id],
            Tags = ["Brazil", "New one"],
            AuthorIds = [db.Author("petra-novotna").Id, db.Author("lina-moreau").Id],
            PicturePath = "/img/art/pic-mesh.svg",
            PictureWidth = 1200,
            PictureHeight = 800,
            PictureAlt = "A mesh.",
            PictureCaption = "Caption.",
            PictureCredit = "Credit.",
            SocialTitle = "Social",
            SocialDescription = "Described.",
            CommentsOpen = false,
        };
    }
}
