using BlueTechWave.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange;

/// <summary>
/// Redirects that the old site had itself. Last of all: one that led to an article leads to where the article is now, in one
/// step. Where an address leads somewhere already, it stays so.
/// </summary>
internal sealed class ImportedRedirects(ImportRun run)
{
    private const int AtOnce = 200;

    public async Task LeaveAsync(IReadOnlyList<IncomingRedirect> redirects)
    {
        var byFrom = new Dictionary<string, IncomingRedirect>();
        foreach (var came in redirects)
        {
            if (Why(came) is { } why) Refuse(came, why);
            else if (!byFrom.TryAdd(Spelled(came.From), came)) Refuse(came, "A redirect from this address came before it.");
        }

        foreach (var some in byFrom.Chunk(AtOnce)) await LeaveAsync(some);
    }

    private async Task LeaveAsync(KeyValuePair<string, IncomingRedirect>[] some)
    {
        var known = await run.KnownAsync(ImportedKind.Redirect, some.Select(s => IdOf(s.Key)));
        var ids = known.Values.Select(k => k.OurId).ToList();
        var ours = await run.Db.Redirects.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id);
        var asked = some.Select(s => s.Key).Concat(some.Select(s => Spelled(s.Value.To))).Distinct().ToList();
        var there = await run.Db.Redirects.Include(r => r.Article).Where(r => asked.Contains(r.From)).ToDictionaryAsync(r => r.From);
        List<(string Id, string Hash, Redirect Ours)> made = [];
        foreach (var (from, came) in some)
        {
            var hash = ImportRun.Hash(came.To);
            var before = known.GetValueOrDefault(IdOf(from));
            if (before is not null && before.Hash == hash) Count(ImportOutcome.Unchanged);
            else if (before is not null && (!ours.TryGetValue(before.OurId, out var left) || Mark(left) != before.Left)) Count(ImportOutcome.LeftAlone);
            else if (before is null && there.ContainsKey(from))
            {
                run.Report.Note("An address that was redirected leads somewhere here already", came.From);
                Count(ImportOutcome.LeftAlone);
            }
            else
            {
                if (before is not null) await ForgetAsync(before, ours[before.OurId]);
                var redirect = there.GetValueOrDefault(Spelled(came.To)) is { } on && on.From != from ? Beyond(from, on) : new Redirect(from, came.To);
                run.Db.Redirects.Add(redirect);
                made.Add((IdOf(from), hash, redirect));
                run.Report.Answers(came.From, $"301 to {came.To}");
                Count(before is null ? ImportOutcome.Added : ImportOutcome.Updated);
            }
        }

        var own = run.Db.Database.CurrentTransaction is null ? await run.Db.Database.BeginTransactionAsync() : null;
        await using (own)
        {
            await run.Db.SaveChangesAsync();
            foreach (var (id, hash, redirect) in made) run.Remember(ImportedKind.Redirect, id, redirect.Id, hash, Mark(redirect));
            await run.Db.SaveChangesAsync();
            if (own is not null) await own.CommitAsync();
        }

        run.Db.ChangeTracker.Clear();
    }

    private async Task ForgetAsync(ImportedItem before, Redirect ours)
    {
        run.Db.ImportedItems.Remove(before);
        run.Db.Redirects.Remove(ours);
        await run.Db.SaveChangesAsync();
    }

    private static Redirect Beyond(string from, Redirect on) => on.Article is { } article ? new(from, article) : new(from, on.To!);

    private static string? Why(IncomingRedirect came)
    {
        if (!came.From.StartsWith('/') || Spelled(came.From) is "/" or "") return "It begins at no address of the site.";
        if (came.From.AsSpan().IndexOfAny('?', '#') >= 0) return "It begins at a question, and an old address here is a path.";
        if (came.From.Length > Redirect.FromLength || came.To.Length > Redirect.ToLength) return "It is longer than any redirect.";
        if (came.From.Any(char.IsControl) || came.To.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\')) return "That is no address.";
        if (Spelled(came.From) == Spelled(came.To)) return "It leads back to where it comes from.";
        return (came.To.StartsWith('/') && !came.To.StartsWith("//", StringComparison.Ordinal)) || (Uri.TryCreate(came.To, UriKind.Absolute, out var to) && to.Scheme is "http" or "https" && to.UserInfo.Length == 0) ? null : "It leads to no address.";
    }

    private void Count(ImportOutcome outcome) => run.Report.Count("redirect", outcome);

    private void Refuse(IncomingRedirect came, string why) => run.Report.Refuse(new("redirect", came.From, "", why));

    private static string Spelled(string path) => path.StartsWith('/') ? Spelling.Of(path) ?? path.TrimEnd('/') : path;

    private static string IdOf(string from) => from.Length > ImportedItem.SourceIdLength ? ImportRun.Hash(from) : from;

    private static string Mark(Redirect redirect) => ImportRun.Hash(new { redirect.From, redirect.To, ArticleId = redirect.ArticleId ?? redirect.Article?.Id });
}
