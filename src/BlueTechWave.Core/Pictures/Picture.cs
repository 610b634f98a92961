using System.Globalization;

namespace BlueTechWave.Core.Pictures;

/// <summary>
/// A picture in the library: one original, kept privately, and what is known of it. What readers are served is cut from it
/// in the background. All times are UTC.
/// </summary>
public class Picture
{
    public const int NameLength = 200;
    public const int AltLength = 500;
    public const int CaptionLength = 1000;
    public const int CreditLength = 200;
    public const int SourceLength = 500;

    /// <summary>What names a picture in a text and in the article form: <c>picture:12</c>.</summary>
    public const string Scheme = "picture:";

    private Picture()
    {
    }

    /// <param name="byId">The account that brought it; null for the system.</param>
    public Picture(string name, Developed developed, int? byId, DateTime now)
    {
        (AddedById, AddedAt) = (byId, now);
        Name = Cut(name);
        Take(developed);
        if (developed.Credit.Length > 0) Credit = developed.Credit;
        Say();
    }

    public int Id { get; private set; }

    /// <summary>What its file was called: for finding it, and never shown to readers.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What one would say of it over the telephone; each use may say something else.</summary>
    public string Alt { get; private set; } = "";

    /// <summary>It says nothing that a text around it would not: those who do not see it miss nothing.</summary>
    public bool IsDecorative { get; private set; }

    public string Caption { get; private set; } = "";

    public string Credit { get; private set; } = "";

    /// <summary>Where it came from, and on what terms: for the desk alone.</summary>
    public string Source { get; private set; } = "";

    /// <summary>All that is said of it, in lower case: what the desk searches.</summary>
    public string Words { get; private set; } = "";

    /// <summary>From then on no reader may see it.</summary>
    public DateTime? RightsUntil { get; private set; }

    /// <summary>Until then no reader may see it.</summary>
    public DateTime? EmbargoedUntil { get; private set; }

    /// <summary>Its rights have ended, or its embargo has not: kept by <see cref="Look"/>, so that lists need not ask for the time.</summary>
    public bool IsHeld { get; private set; }

    public DateTime? TrashedAt { get; private set; }

    public DateTime AddedAt { get; private set; }

    public int? AddedById { get; private set; }

    /// <summary>What matters most in it, in per cent of width and height from the top left: no crop leaves it out.</summary>
    public int FocusX { get; private set; } = 50;

    /// <inheritdoc cref="FocusX"/>
    public int FocusY { get; private set; } = 50;

    public PictureKind Kind { get; private set; }

    /// <summary>In pixels, upright, as is <see cref="Height"/>.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Of the original, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>SHA-256 of the original, in hexadecimal.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>What it looks like, in 128 bits: <see cref="Fingerprint"/>.</summary>
    public long Across { get; private set; }

    /// <inheritdoc cref="Across"/>
    public long Down { get; private set; }

    /// <summary>A few pixels as a <c>data:</c> address, to stand in its place until it has come.</summary>
    public string Blur { get; private set; } = "";

    /// <summary>Names what is cut from it, and so begins the address of each rendition: another for another file or focal point.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The key whose sheet of renditions is in the store: what readers see until another is cut. Empty where that would be another file.</summary>
    public string Printed { get; private set; } = "";

    /// <summary>Why nothing could be cut from it; empty as long as nothing went wrong.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>Readers may have it, and there is something to give them.</summary>
    public bool IsShown { get; private set; }

    /// <summary>Raised by every save: the concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>Where its renditions begin, site-relative; empty while readers have none.</summary>
    public string Path => IsShown ? PathOf(Printed) : "";

    /// <summary>How an article or a text names it.</summary>
    public string Address => AddressOf(Id);

    /// <summary>The name of its original in the store.</summary>
    public string Original => $"{Hash}-original.{Kind.Ending()}";

    public bool HasPrints => Printed == Key;

    public static string PathOf(string key) => $"/media/{key}";

    public static string AddressOf(int id) => string.Create(CultureInfo.InvariantCulture, $"{Scheme}{id}");

    /// <summary>The number in <c>picture:12</c>; null for anything else.</summary>
    public static int? IdOf(string? address) =>
        address is not null && address.StartsWith(Scheme, StringComparison.Ordinal) &&
        int.TryParse(address.AsSpan(Scheme.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    public void Describe(string alt, bool isDecorative, string caption, string credit, string source)
    {
        (Alt, IsDecorative) = (isDecorative ? "" : alt.Trim(), isDecorative);
        (Caption, Credit, Source) = (caption.Trim(), credit.Trim(), source.Trim());
        Say();
    }

    /// <summary>From when and until when readers may see it; null for no limit.</summary>
    public void Permit(DateTime? from, DateTime? until, DateTime now)
    {
        (EmbargoedUntil, RightsUntil) = (from, until);
        Look(now);
    }

    /// <summary>Holds it or lets it go, as the time of day demands. True if that changed anything.</summary>
    public bool Look(DateTime now)
    {
        var held = RightsUntil <= now || EmbargoedUntil > now;
        if (held == IsHeld) return false;
        IsHeld = held;
        Decide();
        return true;
    }

    /// <summary>Says what matters in it; everything is cut anew, and readers see it as before until it is.</summary>
    /// <param name="x">Per cent from the left; beyond 0 and 100 is the edge.</param>
    /// <param name="y">Per cent from the top.</param>
    public void Focus(int x, int y)
    {
        (FocusX, FocusY) = (Math.Clamp(x, 0, 100), Math.Clamp(y, 0, 100));
        Rekey();
    }

    /// <summary>Puts another file in its place, wherever it is used; what is said of it stays. Nobody sees the old one from then on: it may be there no longer by right.</summary>
    public void Replace(string name, Developed developed)
    {
        Name = Cut(name);
        Take(developed);
        Say();
    }

    /// <summary>The sheet for this key is in the store. One that was made for a key of before changes nothing.</summary>
    public void Print(string key)
    {
        if (key != Key) return;
        (Printed, Failure) = (key, "");
        Decide();
    }

    public void Fail(string why) => Failure = why.Length > 300 ? why[..300] : why;

    public void Discard(DateTime now)
    {
        TrashedAt ??= now;
        Decide();
    }

    public void BringBack()
    {
        TrashedAt = null;
        Decide();
    }

    private void Take(Developed developed)
    {
        (Kind, Width, Height) = (developed.Kind, developed.Width, developed.Height);
        (Length, Hash, Blur) = (developed.Length, developed.Hash, developed.Blur);
        (Across, Down) = (developed.Print.Across, developed.Print.Down);
        if (Printed != KeyOfIt) Printed = "";
        Rekey();
    }

    private void Say() => Words = string.Join('\n', Name, Alt, Caption, Credit, Source).ToLowerInvariant();

    private void Rekey()
    {
        Key = KeyOfIt;
        Failure = "";
        Decide();
    }

    private string KeyOfIt => Rendition.KeyOf(Hash, FocusX, FocusY);

    private void Decide() => IsShown = Printed.Length > 0 && !IsHeld && TrashedAt is null;

    private static string Cut(string name) => name.Length <= NameLength ? name : name[^NameLength..];
}
