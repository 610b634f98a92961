using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlueTechWave.Core.Exchange;

public enum ImportedKind
{
    Author = 0,
    Category = 1,
    Tag = 2,
    Article = 3,
    Page = 4,
    Comment = 5,
    MenuEntry = 6,
    Picture = 7,
    Redirect = 8,
}

/// <summary>
/// What one thing of another system became here. It is how a second import of the same file knows what it has seen: what
/// changed there since, and what was edited here and is to be left alone.
/// </summary>
public class ImportedItem
{
    public const int SourceLength = 200;
    public const int SourceIdLength = 300;
    public const int HashLength = 64;

    private ImportedItem()
    {
    }

    public ImportedItem(string source, ImportedKind kind, string sourceId, int ourId, string hash, string left) =>
        (Source, Kind, SourceId, OurId, Hash, Left) = (source, kind, sourceId, ourId, hash, left);

    public int Id { get; private set; }

    /// <summary>The system and the site, such as <c>wordpress https://paper.example</c>.</summary>
    public string Source { get; private set; } = "";

    public ImportedKind Kind { get; private set; }

    public string SourceId { get; private set; } = "";

    /// <summary>Not a foreign key: what was removed here stays removed, and this tells so.</summary>
    public int OurId { get; private set; }

    /// <summary>Of the thing as the source had it.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Of ours as the import left it: whatever differs from it was edited here.</summary>
    public string Left { get; private set; } = "";

    public void Renew(string hash, string left) => (Hash, Left) = (hash, left);
}

public static class ImportedItemQueries
{
    private const int SourcesAtMost = 20;

    extension(IQueryable<ImportedItem> items)
    {
        /// <summary>What one thing of the source became here; null for one that never arrived.</summary>
        public async Task<int?> OursAsync(string source, ImportedKind kind, string id, CancellationToken cancellation)
        {
            var (from, key) = (ImportRun.Cut(source, ImportedItem.SourceLength), ImportRun.Key(id));
            return await items.Where(i => i.Source == from && i.Kind == kind && i.SourceId == key).Select(i => (int?)i.OurId).FirstOrDefaultAsync(cancellation);
        }

        /// <summary>What one thing became that came from any WordPress; of several that have its number, the first.</summary>
        public async Task<int?> OfWordpressAsync(ImportedKind kind, string id, CancellationToken cancellation)
        {
            // From one source to the next along the index, for there are few of them and very many rows of each.
            var source = ExportFile.FromWordpress;
            for (var i = 0; i < SourcesAtMost; i++)
            {
                var before = source;
#pragma warning disable CA1309 // Compared by the store.
                source = await items.Where(item => string.Compare(item.Source, before) > 0).OrderBy(item => item.Source).Select(item => item.Source).FirstOrDefaultAsync(cancellation);
#pragma warning restore CA1309
                if (source is null) return null;
                if (source.StartsWith(ExportFile.FromWordpress, StringComparison.Ordinal) && await items.OursAsync(source, kind, id, cancellation) is { } ours) return ours;
            }

            return null;
        }
    }
}

internal sealed class ImportedItemMapping : IEntityTypeConfiguration<ImportedItem>
{
    public void Configure(EntityTypeBuilder<ImportedItem> item)
    {
        item.Property(i => i.Source).HasMaxLength(ImportedItem.SourceLength);
        item.Property(i => i.SourceId).HasMaxLength(ImportedItem.SourceIdLength);
        item.Property(i => i.Hash).HasMaxLength(ImportedItem.HashLength);
        item.Property(i => i.Left).HasMaxLength(ImportedItem.HashLength);
        item.HasIndex(i => new { i.Source, i.Kind, i.SourceId }).IsUnique();
    }
}
