using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Core.Tags;
using BlueTechWave.Core.Writing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Audit;

public class AuditTests
{
    [Theory, OnEachProvider]
    public async Task Every_act_on_a_piece_leaves_one_line(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.DraftAsync("Routers learn to swim");
        await paper.ChangeAsync(id, (a, _) => a.Submit(Paper.Noon, "Inês"));
        await paper.ChangeAsync(id, (a, _) => a.SendBack("Who saw it?", Paper.Noon, "Noor"));
        await paper.ChangeAsync(id, (a, db) =>
        {
            a.TagWith(db.Tag("brazil"));
            a.Write(new("Routers swim", ["A point."], "Seen by many."), Paper.Noon, "Inês");
        });
        await paper.ChangeAsync(id, (a, _) => a.Publish(Paper.Noon, Paper.Zone, "Noor"));
        await paper.WithdrawAsync(id);

        await using var db = paper.Open();
        var lines = await db.Audit.Where(e => e.Subject == "Article" && e.SubjectId == id).OrderBy(e => e.Id).ToListAsync();
        Assert.Equal(["Written", "Submitted", "Sent back", "Written", "Published", "Withdrawn"], lines.Select(l => l.Act));
        Assert.StartsWith("Who saw it?", lines[2].Detail);
        Assert.Contains("Headline: “Routers learn to swim” → “Routers swim”", lines[3].Detail);
        Assert.EndsWith("Tags", lines[3].Detail);
        Assert.All(lines, line => Assert.Equal("the system", line.By));
    }

    [Theory, OnEachProvider]
    public async Task Whatever_is_added_changed_or_removed_leaves_a_line_without_secrets(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await using var db = paper.Open();
        var before = await db.Audit.CountAsync();
        var account = new Account("ines@paper.example", "Inês", Role.Reporter, null, Paper.Noon) { NormalizedEmail = "I", NormalizedUserName = "I", PasswordHash = "s3cret-1" };
        var redirect = new Redirect("/old", "/new");
        var template = new ArticleTemplate("Short", "Body");
        db.AddRange(account, redirect, template);
        await db.SaveChangesAsync();
        account.PasswordHash = "s3cret-2";
        account.Appoint(Role.Editor);
        template.Change("Shorter", "Body");
        (await db.Tags.FirstAsync(t => t.Slug == "ipv6")).Rename("IPv6!");
        db.Remove(redirect);
        await db.SaveChangesAsync();

        var lines = await db.Audit.OrderBy(e => e.Id).Skip(before).Select(e => $"{e.Subject} {e.Act} {e.Detail}").ToListAsync();
        Assert.Equal(
            ["Account Added ", "Account Password changed, Role changed PasswordHash; Role: Reporter → Editor", "Redirect Added ", "Redirect Removed ", "Tag Changed Name: “IPv6” → “IPv6!”", "Template Added ", "Template Changed Name: “Short” → “Shorter”"],
            lines.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Theory, OnEachProvider]
    public async Task A_save_that_fails_leaves_no_line(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await using var db = paper.Open();
        var before = await db.Audit.CountAsync();
        db.Tags.Add(new Tag("ipv6"));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());

        await using var look = paper.Open();
        Assert.Equal(before, await look.Audit.CountAsync());
    }

    [Theory, OnEachProvider]
    public async Task What_is_handed_over_is_told_to_whom_it_concerns_and_to_nobody_else(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var ids = await HireAsync(paper);
        int piece;
        await using (var db = paper.Open())
        {
            var article = new Article("Routers learn to swim", ids["ines"], Paper.Noon);
            article.Write(new("Routers learn to swim", ["A point."], "Nothing new."), Paper.Noon, "Inês");
            article.FileUnder(db.Category("networking"));
            article.Sign(db.Author("lina-moreau"));
            db.Add(article);
            await db.SaveChangesAsync();
            piece = article.Id;
        }

        await paper.ChangeAsync(piece, (a, _) => a.Submit(Paper.Noon, "Inês"));
        Assert.Equal(["noor Submitted", "odd Submitted"], await ToldAsync());
        await paper.ChangeAsync(piece, (a, _) => a.SendBack("Who saw it?", Paper.Noon, "Noor"));
        Assert.Equal(["ines SentBack Who saw it?"], await ToldAsync());
        await paper.ChangeAsync(piece, (a, _) => a.Publish(Paper.Noon, Paper.Zone, "Noor"));
        Assert.Equal(["ines Published"], await ToldAsync());

        async Task<List<string>> ToldAsync()
        {
            await using var db = paper.Open();
            var told = await db.Notifications.Where(n => n.ReadAt == null).ToListAsync();
            foreach (var notification in told) notification.Read(Paper.Noon);
            await db.SaveChangesAsync();
            return [.. told.Select(n => $"{ids.Single(i => i.Value == n.AccountId).Key} {n.Act} {n.Note}".TrimEnd()).Order(StringComparer.Ordinal)];
        }
    }

    private static async Task<Dictionary<string, int>> HireAsync(Paper paper)
    {
        await using var db = paper.Open();
        var all = new (string Name, Role Role)[] { ("ines", Role.Reporter), ("tomas", Role.Reporter), ("noor", Role.Editor), ("odd", Role.Owner), ("gone", Role.Editor) }
            .Select(p => new Account($"{p.Name}@paper.example", p.Name, p.Role, null, Paper.Noon) { NormalizedEmail = p.Name, NormalizedUserName = p.Name }).ToList();
        all[^1].Disable(Paper.Noon);
        db.AddRange(all);
        await db.SaveChangesAsync();
        return all.ToDictionary(a => a.Name, a => a.Id);
    }
}
