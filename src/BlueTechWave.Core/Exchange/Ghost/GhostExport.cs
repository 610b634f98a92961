namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>
/// A Ghost export (2 to 6), read as a stream, twice: once for what names something that may come later in the file, once for
/// the texts, one after the other. Nothing is fetched.
/// </summary>
/// <param name="open">Opens the file from its beginning, so that one can go to a place in it.</param>
/// <param name="address">Of the old site, such as <c>https://paper.example</c>: an export does not say.</param>
public sealed class GhostExport(Func<Stream> open, string address = "")
{
    private readonly string _address = address.TrimEnd('/');
    private GhostIndex _index = new();

    /// <summary>What everything is filed under; null for a category of each tag that comes first somewhere.</summary>
    public string? Category { get; init; }

    /// <summary>The site it comes from; known once <see cref="Survey"/> has run.</summary>
    public IncomingSite Site { get; private set; } = new("", "");

    /// <summary>Whether it is an export at all.</summary>
    public bool IsOne => _index.IsOne;

    /// <summary>The system and the site. A site's own number outlives its name and its address.</summary>
    public string Source { get; private set; } = "ghost";

    /// <summary>The first reading: all but the texts.</summary>
    public void Survey()
    {
        _index = new();
        if (Uri.TryCreate(_address, UriKind.Absolute, out var site)) _index.Pictures.Host = site.Authority;
        using var file = open();
        var rows = new ExportRows(file);
        foreach (var row in rows.Read()) _index.Add(row);
        _index.Close(rows.IsCut);
        Site = new(GhostText.Plain(_index.Setting("title")), _address) { Feed = "rss" };
        Source = $"ghost {new[] { _index.Setting("db_hash"), _address, Site.Name }.FirstOrDefault(s => s.Length > 0)}".TrimEnd();
    }

    /// <summary>Everything in the file: pictures and terms first, so that texts can name them.</summary>
    /// <param name="progress">Told how many bytes have been read.</param>
    public IEnumerable<Incoming> Read(IProgress<long>? progress = null)
    {
        using var file = open();
        using var aside = open();
        var items = new GhostItems(_index, _address, Category, place => ReadAt(aside, place));
        yield return Site;
        yield return new IncomingNote($"{(Site.Name.Length > 0 ? $"“{Site.Name}”" : "The site")} comes from Ghost {(_index.Version.Length > 0 ? GhostText.Plain(_index.Version) : "of no version named")}");
        foreach (var told in _index.Told) yield return told;
        foreach (var picture in _index.Pictures.All) yield return picture;
        foreach (var term in items.Terms()) yield return term;
        foreach (var row in new ExportRows(file).Read())
        {
            if (row.Table == "posts") yield return items.Post(row);
            progress?.Report(file.Position);
        }

        foreach (var item in items.Menus()) yield return item;
    }

    private static GhostRow? ReadAt(Stream file, CommentPlace place)
    {
        var json = new byte[place.Length];
        file.Position = place.At;
        file.ReadExactly(json);
        return GhostRow.Of(json);
    }
}
