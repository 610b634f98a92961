using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Pictures;

/// <summary>What became of a file that was brought.</summary>
/// <param name="IsNew">False where exactly this file is in the library already: then that is the picture.</param>
/// <param name="Like">One that looks the same, though its file is another.</param>
public sealed record PictureAddition(Picture Picture, bool IsNew, Picture? Like);

/// <summary>
/// Takes files in and cuts renditions from them. Bytes first, then the row that names them: what is cut short leaves at most
/// bytes that nobody names, and <see cref="SweepAsync"/> takes those away.
/// </summary>
public sealed class PictureLibrary(IPictureStore store, PictureLimits limits)
{
    /// <summary>How long bytes may lie about before they are thought forgotten: longer than any upload takes.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromHours(1);

    private const int AtOnce = 100;
    private const int MostAttempts = 5;

    // Decoding takes memory by the picture: two at a time, however many are brought. Whoever brings one does not wait until
    // all sizes of another are cut.
    private readonly Lock _bench = new();
    private readonly Lock _press = new();

    public PictureLimits Limits => limits;

    /// <exception cref="PictureRefusedException">The file is not taken; nothing of it is left anywhere.</exception>
    public async Task<PictureAddition> AddAsync(NewsDbContext db, string name, byte[] file, int? byId, DateTime now)
    {
        var addition = await TakeInAsync(db, name, file, byId, now);
        return addition.IsNew ? addition with { Like = await LikeAsync(db, addition.Picture) } : addition;
    }

    /// <summary>As <see cref="AddAsync"/>, and asks for none that looks the same: where very many come, each would be held against all.</summary>
    /// <param name="isTrial">No bytes are kept: the caller takes the row back.</param>
    /// <exception cref="PictureRefusedException">The file is not taken; nothing of it is left anywhere.</exception>
    public async Task<PictureAddition> TakeInAsync(NewsDbContext db, string name, byte[] file, int? byId, DateTime now, bool isTrial = false)
    {
        var developed = await DevelopAsync(file);
        if (await db.Pictures.FirstOrDefaultAsync(p => p.Hash == developed.Hash) is { } known)
            return new(await ChangeAsync(db, known, p => p.BringBack()), false, null);

        var picture = new Picture(name, developed, byId, now);
        try
        {
            if (!isTrial) await StoreAsync(developed, file);
            db.Pictures.Add(picture);
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception e) when (StoreTroubles.Of(e) is StoreTrouble.Full && db.Database.CurrentTransaction is null)
        {
            // Where there is no room, least of all for a file that nobody names.
            db.ChangeTracker.Clear();
            await ForgetAsync(db, developed.Hash, developed.Hash);
            throw;
        }

        return new(picture, true, null);
    }

    /// <summary>Takes in the bytes of a picture that comes with its number and all that is said of it; the row is the caller's to fill in and save.</summary>
    /// <exception cref="PictureRefusedException">The file is not taken; nothing of it is left anywhere.</exception>
    internal async Task<Picture> RestoreAsync(string name, byte[] file, DateTime addedAt)
    {
        var developed = await DevelopAsync(file);
        await StoreAsync(developed, file);
        return new(name, developed, null, addedAt);
    }

    /// <summary>Puts another file in the place of a picture's, wherever it is used. The caller has it tracked.</summary>
    /// <exception cref="PictureRefusedException">The file is not taken; the picture stays as it was.</exception>
    public async Task ReplaceAsync(NewsDbContext db, Picture picture, string name, byte[] file, DateTime now)
    {
        var developed = await DevelopAsync(file);
        await StoreAsync(developed, file);
        await ChangeAsync(db, picture, p =>
        {
            if (developed.Hash != p.Hash) db.PictureLeftovers.Add(new(p.Id, p.Key, p.Hash, now));
            p.Replace(name, developed);
        });
    }

    /// <summary>Does something to a picture as it is at that moment: its sizes may have been cut meanwhile.</summary>
    /// <returns>The picture, tracked.</returns>
    internal static async Task<Picture> ChangeAsync(NewsDbContext db, Picture picture, Action<Picture> change)
    {
        for (var attempt = 1; ; attempt++)
        {
            change(picture);
            try
            {
                await db.SaveChangesAsync(CancellationToken.None);
                return picture;
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostAttempts)
            {
                db.ChangeTracker.Clear();
                picture = await db.Pictures.SingleAsync(p => p.Id == picture.Id);
            }
        }
    }

    /// <summary>Sets what matters in a picture; the caller saves. Everything is cut anew in the background, and addresses change when it is.</summary>
    public static void Focus(NewsDbContext db, Picture picture, int x, int y, DateTime now)
    {
        var (before, hash) = (picture.Key, picture.Hash);
        picture.Focus(x, y);
        if (picture.Key == before) return;
        db.PictureLeftovers.Add(new(picture.Id, before, hash, now));
    }

    /// <summary>Pictures that look like this one, the likest first; none for one that is plain.</summary>
    public static async Task<Picture?> LikeAsync(NewsDbContext db, Picture picture)
    {
        var print = new Fingerprint(picture.Across, picture.Down);
        if (!print.SaysSomething) return null;

        var (best, distance) = (0, int.MaxValue);
        // 16 bytes a picture: a hundred thousand are looked through in a tenth of a second.
        await foreach (var other in db.Pictures.AsNoTracking().Where(p => p.TrashedAt == null && p.Id != picture.Id).Select(p => new { p.Id, p.Across, p.Down }).AsAsyncEnumerable())
        {
            var its = new Fingerprint(other.Across, other.Down);
            if (print.LooksLike(its) && print.DistanceTo(its) < distance) (best, distance) = (other.Id, print.DistanceTo(its));
        }

        return best == 0 ? null : await db.Pictures.AsNoTracking().FirstOrDefaultAsync(p => p.Id == best);
    }

    /// <summary>The first picture that lacks its renditions; null if none does.</summary>
    /// <param name="except">Pictures that are tried again later.</param>
    public static Task<Picture?> NextAsync(NewsDbContext db, IReadOnlyCollection<int> except) => db.Pictures.AsNoTracking()
        .Where(p => p.Printed != p.Key && p.Failure == "" && p.TrashedAt == null && !except.Contains(p.Id))
        // Those that readers see already: an editor looks for her new crop, and two hundred new ones can wait for it.
        .OrderBy(p => p.Printed == "").ThenBy(p => p.Id).FirstOrDefaultAsync();

    /// <summary>How many lack them.</summary>
    public static Task<int> WaitingAsync(NewsDbContext db, CancellationToken cancellation = default) =>
        db.Pictures.CountAsync(p => p.Printed != p.Key && p.Failure == "" && p.TrashedAt == null, cancellation);

    /// <summary>Cuts all renditions of a picture, and says so in its row, or why nothing could be cut.</summary>
    public async Task PrintAsync(NewsDbContext db, Picture asked)
    {
        var failure = "";
        try
        {
            var sheet = ContactSheet.NameOf(asked.Key);
            // Another machine, or another picture with the same file, may have been here before.
            if (await store.LengthAsync(sheet) is null)
            {
                var original = await ReadAsync(asked.Original) ?? throw new PictureRefusedException("The original is not in the store.");
                var before = asked.Printed.Length > 0 ? await ReadAsync(ContactSheet.NameOf(asked.Printed)) : null;
                await PutAsync(sheet, await InTimeAsync(() => Darkroom.Print(original, asked.Kind, asked.FocusX, asked.FocusY, limits, before)), "application/octet-stream");
            }
        }
        catch (PictureRefusedException why)
        {
            failure = why.Message;
        }

        db.ChangeTracker.Clear();
        if (await db.Pictures.FirstOrDefaultAsync(p => p.Id == asked.Id) is not { } picture) return;
        // The picture was news when it was brought; that its sizes are cut now is none.
        using var unheralded = db.Unheralded();
        await ChangeAsync(db, picture, p =>
        {
            if (failure.Length == 0) p.Print(asked.Key);
            else if (p.Key == asked.Key) p.Fail(failure);
        });
    }

    /// <summary>Cuts renditions anew that are not in the store any more.</summary>
    /// <returns>How many pictures had none, and those whose original is gone: nothing but a backup brings these back.</returns>
    public async Task<(int Cut, IReadOnlyList<int> Lost)> MendAsync(NewsDbContext db, CancellationToken cancellation = default)
    {
        var (cut, lost) = (0, new List<int>());
        for (var last = 0; ;)
        {
            var some = await db.Pictures.AsNoTracking().Where(p => p.Id > last && p.TrashedAt == null).OrderBy(p => p.Id).Take(AtOnce).ToListAsync(cancellation);
            if (some.Count == 0) return (cut, lost);
            last = some[^1].Id;
            foreach (var picture in some)
            {
                if (await store.LengthAsync(picture.Original, cancellation) is null)
                {
                    lost.Add(picture.Id);
                }
                else if (picture.HasPrints && await store.LengthAsync(ContactSheet.NameOf(picture.Key), cancellation) is null)
                {
                    await PrintAsync(db, picture);
                    cut++;
                }
            }
        }
    }

    /// <summary>Holds and lets go what the time of day demands. Answers how many changed.</summary>
    public static async Task<int> LookAsync(NewsDbContext db, DateTime now)
    {
        var due = await db.Pictures
            .Where(p => (!p.IsHeld && p.RightsUntil <= now) || (p.IsHeld && p.EmbargoedUntil <= now && (p.RightsUntil == null || p.RightsUntil > now)))
            .ToListAsync();
        var changed = due.Count(p => p.Look(now));
        if (changed > 0) await db.SaveChangesAsync(CancellationToken.None);
        return changed;
    }

    /// <summary>When <see cref="LookAsync"/> is next needed; null for never.</summary>
    public static async Task<DateTime?> NextLookAsync(NewsDbContext db, DateTime now)
    {
        var rights = await db.Pictures.Where(p => p.RightsUntil > now).MinAsync(p => p.RightsUntil);
        var embargo = await db.Pictures.Where(p => p.EmbargoedUntil > now).MinAsync(p => p.EmbargoedUntil);
        return rights is null || embargo < rights ? embargo : rights;
    }

    /// <summary>
    /// Takes away for good what has lain in the trash for a month and is used nowhere, and the files of leftovers whose time is over.
    /// </summary>
    public async Task<int> EmptyAsync(NewsDbContext db, DateTime now)
    {
        var before = now - Articles.Trash.KeptFor;
        var gone = 0;
        foreach (var old in await db.Pictures.Where(p => p.TrashedAt < before && !db.PictureUses.Any(u => u.PictureId == p.Id)).OrderBy(p => p.Id).Take(AtOnce).ToListAsync())
            if (await IsTakenAwayAsync(db, old, old.Key, old.Hash)) gone++;
        foreach (var over in await db.PictureLeftovers.Where(l => l.Until < now && !db.Pictures.Any(p => p.Id == l.PictureId && p.Printed == l.Key)).OrderBy(l => l.Id).Take(AtOnce).ToListAsync())
            await IsTakenAwayAsync(db, over, over.Key, over.Hash);
        return gone;
    }

    private async Task<bool> IsTakenAwayAsync(NewsDbContext db, object row, string key, string hash)
    {
        try
        {
            db.Remove(row);
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another machine was first, or somebody brings it back at this moment.
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }

        await ForgetAsync(db, key, hash);
        return true;
    }

    /// <summary>A headline's card, drawn the first time it is asked for.</summary>
    /// <param name="name">In the store.</param>
    public async Task<byte[]> CardAsync(string name, string headline, string paper)
    {
        if (await ReadAsync(name) is { } drawn) return drawn;
        var card = await SoonAsync(() => HeadlineCard.Draw(headline, paper));
        await PutAsync(name, card, "image/jpeg");
        return card;
    }

    /// <summary>Removes bytes that no picture names any more. Answers how many files went.</summary>
    public async Task<int> SweepAsync(NewsDbContext db, DateTime now, CancellationToken cancellation = default)
    {
        // Whatever was brought while this looks is named by no picture yet.
        if (await db.Pictures.AnyAsync(p => p.AddedAt > now - Doubt, cancellation)) return 0;
        var named = (await db.Pictures.AsNoTracking().Select(p => new { p.Hash, p.Key, p.Printed }).ToListAsync(cancellation)).SelectMany(p => (string[])[p.Hash, p.Key, p.Printed])
            .Concat((await db.PictureLeftovers.AsNoTracking().Select(l => new { l.Hash, l.Key }).ToListAsync(cancellation)).SelectMany(l => (string[])[l.Hash, l.Key])).ToHashSet();
        var forgotten = new List<string>();
        await foreach (var file in store.ListAsync(cancellation: cancellation))
            if (IsCut(file.Name) && !named.Contains(file.Name[..file.Name.IndexOfAny(['-', '.'])])) forgotten.Add(file.Name);
        foreach (var name in forgotten) await store.DeleteAsync(name, cancellation);
        return forgotten.Count;
    }

    // Other things may lie in the same store. Cards are drawn again when they are asked for, those of old headlines never.
    private static bool IsCut(string name) =>
        name.EndsWith(".sheet", StringComparison.Ordinal) || name.Contains("-original.", StringComparison.Ordinal) || name.StartsWith("card-", StringComparison.Ordinal);

    private async Task ForgetAsync(NewsDbContext db, string key, string hash)
    {
        if (!await db.Pictures.AnyAsync(p => p.Key == key || p.Printed == key) && !await db.PictureLeftovers.AnyAsync(l => l.Key == key)) await store.DeleteAsync(ContactSheet.NameOf(key));
        if (await db.Pictures.AnyAsync(p => p.Hash == hash) || await db.PictureLeftovers.AnyAsync(l => l.Hash == hash)) return;
        await store.DeleteAsync(Developed.DeskOf(hash));
        foreach (var kind in Enum.GetValues<PictureKind>()) await store.DeleteAsync($"{hash}-original.{kind.Ending()}");
    }

    private Task<Developed> DevelopAsync(byte[] file) => SoonAsync(() => Darkroom.Develop(file, limits));

    private Task<T> SoonAsync<T>(Func<T> work) => Quietly.RunAsync(Quietly.Soon, () =>
    {
        lock (_bench) return work();
    });

    private Task<T> InTimeAsync<T>(Func<T> work) => Quietly.RunAsync(Quietly.InTime, () =>
    {
        lock (_press) return work();
    });

    private async Task StoreAsync(Developed developed, byte[] file)
    {
        await PutAsync($"{developed.Hash}-original.{developed.Kind.Ending()}", file, developed.Kind.MediaType());
        await PutAsync(Developed.DeskOf(developed.Hash), developed.Desk, "application/octet-stream");
    }

    private async Task PutAsync(string name, byte[] bytes, string mediaType)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        await store.PutAsync(name, stream, mediaType);
    }

    private async Task<byte[]?> ReadAsync(string name)
    {
        await using var stream = await store.OpenAsync(name);
        if (stream is null) return null;
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }
}
