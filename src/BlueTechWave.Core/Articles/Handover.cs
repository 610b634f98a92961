using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

/// <summary>Who hears of an act: what was submitted goes to everyone who could publish it; what was decided, to its writer.</summary>
internal static class Handover
{
    public static async Task<IReadOnlyList<Notification>> OfAsync(NewsDbContext db, IReadOnlyList<(Article Article, Revision Revision)> acts, int? actor)
    {
        var told = new List<Notification>();
        foreach (var (article, act) in acts)
        {
            var to = act.Act switch
            {
                ArticleAct.Submitted => await db.Accounts.WhoMay(Act.Publish).Select(a => a.Id).ToListAsync(),
                ArticleAct.SentBack or ArticleAct.Scheduled or ArticleAct.Published or ArticleAct.Withdrawn when article.WriterId is { } writer => [writer],
                _ => [],
            };
            told.AddRange(to.Where(id => id != actor).Select(id => new Notification(id, article.Id, act.Act, act.By, act.Note, act.At)));
        }

        return told;
    }
}
