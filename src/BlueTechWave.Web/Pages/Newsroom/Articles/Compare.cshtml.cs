using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>Two texts of one article, field by field, with what differs marked.</summary>
public class CompareModel(NewsDbContext db, TimeProvider clock) : HistoriedModel(db)
{
    public sealed record Side(int Id, int Version, ArticleAct Act, string By, DateTime At, Manuscript Text);

    public sealed record Field(string Label, IReadOnlyList<Passage> Passages);

    public DateTime Now { get; private set; }

    public Side From { get; private set; } = null!;

    public Side To { get; private set; } = null!;

    public bool IsSideBySide { get; private set; }

    /// <summary>Only what differs.</summary>
    public IReadOnlyList<Field> Fields { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, string? from, string? to, string? view, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation)) return NotFound();
        (Title, Now, IsSideBySide) = ("Compare versions", clock.GetUtcNow().UtcDateTime, view != "inline");
        var (one, other) = (Number(from), Number(to));
        var found = await Db.Revisions.AsNoTracking().Where(r => r.ArticleId == id && r.Text != null && (r.Id == one || r.Id == other))
            .Select(r => new Side(r.Id, r.Version, r.Act, r.By, r.At, r.Text!))
            .ToListAsync(cancellation);
        if (found.Find(s => s.Id == one) is not { } first || found.Find(s => s.Id == other) is not { } second) return NotFound();

        // Whichever was chosen first, time runs from left to right.
        (From, To) = first.Id <= second.Id ? (first, second) : (second, first);
        Fields = [.. (await FieldsAsync(cancellation)).Where(f => f.Passages.Any(p => p.IsChanged))];
        return Page();
    }

    private async Task<IReadOnlyList<Field>> FieldsAsync(CancellationToken cancellation)
    {
        Manuscript[] both = [From.Text, To.Text];
        var categoryIds = both.SelectMany(m => m.FurtherCategoryIds.Append(m.CategoryId ?? 0)).ToList();
        var authorIds = both.SelectMany(m => m.AuthorIds).ToList();
        var categories = await Db.Categories.Where(c => categoryIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, cancellation);
        var authors = await Db.Authors.Where(a => authorIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, cancellation);

        return
        [
            Of("Headline", m => m.Headline),
            Of("Slug", m => m.Slug),
            Of("Key points", m => string.Join("\n\n", m.KeyPoints)),
            Of("Body", m => m.Body),
            Of("Our take", m => m.Take),
            Of("Attribution", m => m.TakeBy),
            Of("Attribution, role", m => m.TakeRole),
            Of("Summary", m => m.Summary),
            Of("Category", m => Names([m.CategoryId ?? 0], categories)),
            Of("Further categories", m => Names(m.FurtherCategoryIds, categories)),
            Of("Tags", m => string.Join("\n\n", m.Tags)),
            Of("Authors", m => Names(m.AuthorIds, authors)),
            Of("Picture", m => m.PicturePath),
            Of("Picture, text alternative", m => m.PictureAlt),
            Of("Picture, caption", m => m.PictureCaption),
            Of("Picture, credit", m => m.PictureCredit),
            Of("Social title", m => m.SocialTitle),
            Of("Social description", m => m.SocialDescription),
            Of("Comments", m => m.CommentsOpen ? "Open" : "Closed"),
        ];

        Field Of(string label, Func<Manuscript, string> of) => new(label, Differences.Of(of(From.Text), of(To.Text)));

        static string Names(IEnumerable<int> ids, Dictionary<int, string> known) =>
            string.Join("\n\n", ids.Where(id => id > 0).Select(id => known.GetValueOrDefault(id) ?? string.Create(CultureInfo.InvariantCulture, $"No longer there ({id})")));
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
