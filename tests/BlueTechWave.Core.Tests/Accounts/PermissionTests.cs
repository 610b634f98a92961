using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Accounts;

public class PermissionTests
{
    private static readonly Act[] Reporters = [Act.Write, Act.AddPictures];
    private static readonly Act[] Owners = [Act.ManagePeople, Act.ManageSettings, Act.Import, Act.ManageKeys, Act.ManageWebhooks];

    [Theory]
    [InlineData(Role.Reporter)]
    [InlineData(Role.Editor)]
    [InlineData(Role.Owner)]
    public void Each_role_may_do_its_own_acts_and_those_of_the_roles_below(Role role)
    {
        var may = Enum.GetValues<Act>().Where(act => role.May(act));

        Assert.Equal(Enum.GetValues<Act>().Where(act => role switch
        {
            Role.Reporter => Reporters.Contains(act),
            Role.Editor => !Owners.Contains(act),
            _ => true,
        }), may);
    }

    /// <summary>What may be done with a piece by each role in each state: w(rite), s(ubmit), b(ack), t(ime), p(ublish), u(npublish).</summary>
    [Theory]
    [InlineData(ArticleStatus.Draft, "ws", "", "wstp")]
    [InlineData(ArticleStatus.InReview, "w", "", "wbtp")]
    [InlineData(ArticleStatus.Scheduled, "", "", "wbtp")]
    [InlineData(ArticleStatus.Published, "", "", "wu")]
    [InlineData(ArticleStatus.Withdrawn, "", "", "wp")]
    public void What_may_be_done_with_a_piece(ArticleStatus status, string itsReporter, string anotherReporter, string editor)
    {
        var article = In(status, writer: 7);

        Assert.Equal(itsReporter, Acts(new(7, "Inês", Role.Reporter), article));
        Assert.Equal(anotherReporter, Acts(new(8, "Tomás", Role.Reporter), article));
        Assert.Equal(editor, Acts(new(9, "Noor", Role.Editor), article));
        Assert.Equal(editor, Acts(new(1, "Owner", Role.Owner), article));
    }

    [Theory, OnEachProvider]
    public async Task The_list_and_the_page_agree_on_what_she_sees(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        Who ines = new(7, "Inês", Role.Reporter), noor = new(9, "Noor", Role.Editor);
        await using (var db = paper.Open())
        {
            var author = db.Author("petra-novotna");
            ines = ines with { AuthorId = author.Id };
            var own = new Article("Own", 7, Paper.Noon);
            var signed = new Article("Signed", 8, Paper.Noon);
            signed.Sign(author);
            db.Articles.AddRange(own, signed, new Article("Another's", 8, Paper.Noon), new Article("Nobody's", Paper.Noon));
            await db.SaveChangesAsync();
        }

        await using var look = paper.Open();
        var all = await look.Articles.Include(a => a.Bylines).ToListAsync();
        foreach (var who in new[] { ines, noor })
        {
            var listed = await look.Articles.SeenBy(who).Select(a => a.Headline).Order().ToListAsync();
            Assert.Equal(all.Where(who.MaySee).Select(a => a.Headline).Order(), listed);
        }

        Assert.Equal(["Own", "Signed"], await look.Articles.SeenBy(ines).Select(a => a.Headline).Order().ToListAsync());
    }

    private static string Acts(Who who, Article article) => string.Concat(
        who.MayEdit(article) ? "w" : "", who.MaySubmit(article) ? "s" : "", who.MaySendBack(article) ? "b" : "",
        who.MaySchedule(article) ? "t" : "", who.MayPublish(article) ? "p" : "", who.MayUnpublish(article) ? "u" : "");

    private static Article In(ArticleStatus status, int writer)
    {
        var article = new Article("Routers learn to swim", writer, Paper.Noon);
        article.Write(new("Routers learn to swim", ["A point."], "Nothing new."), Paper.Noon);
        article.FileUnder(new Core.Categories.Category("Networking"));
        article.Sign(new Author("Lina Moreau", "BTW reporter"));
        if (status == ArticleStatus.InReview) article.Submit(Paper.Noon);
        if (status == ArticleStatus.Scheduled) article.Schedule(Paper.Noon.AddDays(1), Paper.Noon);
        if (status is ArticleStatus.Published or ArticleStatus.Withdrawn) article.Publish(Paper.Noon, Paper.Zone);
        if (status == ArticleStatus.Withdrawn) article.Withdraw("It was wrong.", Paper.Noon);
        return article;
    }
}
