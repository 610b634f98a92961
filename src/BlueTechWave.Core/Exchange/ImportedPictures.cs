using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange;

/// <summary>Where the files of pictures are, and the library they go to.</summary>
public sealed record ImportMedia(PictureLibrary Library, IUploads Folder);

/// <summary>Brings pictures into the library, one file in memory at a time. What readers are served is cut later, by the site.</summary>
internal sealed class ImportedPictures(ImportRun run, ImportMedia? media, ImportedPaths paths, Notebook notes)
{
    private const string Arrived = "arrived";
    private const string Passed = "passed";

    /// <summary>Which of ours it is; null for one that has not arrived.</summary>
    public int? Of(string id) => notes.Find(Arrived, id) is { } ours ? int.Parse(ours, CultureInfo.InvariantCulture) : null;

    public async Task<Dictionary<string, Picture>> OfAsync(IEnumerable<string> ids)
    {
        var asked = ids.Distinct().Select(id => (Id: id, Ours: Of(id))).Where(p => p.Ours is not null).ToDictionary(p => p.Id, p => p.Ours!.Value);
        if (asked.Count == 0) return [];
        var wanted = asked.Values.ToList();
        var pictures = await run.Db.Pictures.AsNoTracking().Where(p => wanted.Contains(p.Id)).ToDictionaryAsync(p => p.Id);
        return asked.Where(a => pictures.ContainsKey(a.Value)).ToDictionary(a => a.Key, a => pictures[a.Value]);
    }

    public async Task StoreAsync(IncomingPicture came)
    {
        var before = await BeforeAsync(came.Id);
        if (before is { IsHere: true }) Arrive(came, before.OurId);
        if (before is { IsHere: false }) Count(ImportOutcome.LeftAlone);
        else if (before is null && came.IsOther) Pass(came);
        else if (media is null) Wait(came, before);
        else if (media.Folder.Find(came.FilePath) is not { } file) Miss(came, before);
        else if (HashOf(came, file) is var hash && before?.Hash == hash) Count(ImportOutcome.Unchanged);
        else if (await ReadAsync(came, file, media.Library.Limits.Bytes) is { } bytes) await TakeAsync(media.Library, came, bytes, hash, before is not null);
    }

    private Task<Before?> BeforeAsync(string id) => run.Db.ImportedItems.AsNoTracking()
        .Where(i => i.Source == run.Source && i.Kind == ImportedKind.Picture && i.SourceId == id)
        .Select(i => new Before(i.OurId, i.Hash, run.Db.Pictures.Any(p => p.Id == i.OurId)))
        .FirstOrDefaultAsync();

    /// <summary>A sound or a document. The page that showed it leads to the text it was brought for, which comes later.</summary>
    private void Pass(IncomingPicture came)
    {
        Refuse(came, "It is no picture, and other files are not kept here: texts go on leading to where it is.");
        foreach (var path in came.Paths.Where(path => path != came.Page || came.ParentId.Length == 0)) run.Report.Answers(path, "404: only pictures are kept here");
        if (came is { Page.Length: > 0, ParentId.Length: > 0 }) notes.Add(Passed, came.Id, JsonSerializer.Serialize(came));
    }

    /// <summary>Once all texts are here: leads the pages of other files to them.</summary>
    public async Task LeavePagesAsync()
    {
        foreach (var kept in notes.All(Passed))
        {
            var came = JsonSerializer.Deserialize<IncomingPicture>(kept)!;
            var article = (await run.KnownAsync(ImportedKind.Article, [came.ParentId])).GetValueOrDefault(came.ParentId)?.OurId;
            var page = (await run.KnownAsync(ImportedKind.Page, [came.ParentId])).GetValueOrDefault(came.ParentId)?.OurId;
            if (await run.Db.Articles.FirstOrDefaultAsync(a => a.Id == article && a.Year != null) is { } hung) await paths.LeaveAsync([(hung, ImportedArticles.AddressOf(hung), [came.Page])], Tell);
            else if (await run.Db.Pages.Where(p => p.Id == page).Select(p => p.Slug).FirstOrDefaultAsync() is { } slug) await paths.LeaveAsync(came.Page, $"/{slug}", Tell);
            else run.Report.Answers(came.Page, "404: only pictures are kept here, and what it was brought for has no address");
            await run.Db.SaveChangesAsync();
            run.Db.ChangeTracker.Clear();
        }

        void Tell(Action<ImportReport> what) => what(run.Report);
    }

    private void Wait(IncomingPicture came, Before? before)
    {
        Count(before is null ? ImportOutcome.Waiting : ImportOutcome.Unchanged);
        if (before is not null) return;
        foreach (var path in came.Paths) run.Report.Answers(path, "404 until its file is brought");
    }

    private void Miss(IncomingPicture came, Before? before)
    {
        if (before is not null) Count(ImportOutcome.Unchanged);
        else Refuse(came, "Its file is not in the folder.");
    }

    private async Task<byte[]?> ReadAsync(IncomingPicture came, UploadedFile file, long most)
    {
        if (file.Length > most) Refuse(came, $"Its file is larger than {most >> 20:N0} MB.");
        else
        {
            try
            {
                return await file.Read();
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                Refuse(came, "Its file cannot be read.");
            }
        }

        return null;
    }

    private async Task TakeAsync(PictureLibrary library, IncomingPicture came, byte[] bytes, string hash, bool isKnown)
    {
        try
        {
            if (isKnown) await RenewAsync(library, came, bytes, hash);
            else await AddAsync(library, came, bytes, hash);
        }
        catch (PictureRefusedException why)
        {
            Refuse(came, why.Message);
        }
        catch (DbUpdateException wrong)
        {
            Refuse(came, $"It cannot be stored: {(wrong.InnerException ?? wrong).Message.ReplaceLineEndings(" ")}");
        }
        finally
        {
            run.Db.ChangeTracker.Clear();
        }
    }

    // The library saves first. A run that is killed before the rest is stored finds the very file there, with nothing said of it.
    private async Task AddAsync(PictureLibrary library, IncomingPicture came, byte[] bytes, string hash)
    {
        var (picture, isNew, _) = await library.TakeInAsync(run.Db, Path.GetFileName(came.FilePath), bytes, null, run.Now, run.Report.IsDryRun);
        if (isNew || picture is { Alt: "", IsDecorative: false, Caption: "", Source: "" }) picture = await DescribeAsync(picture, came);
        run.Remember(ImportedKind.Picture, came.Id, picture.Id, hash, Mark(picture));
        foreach (var path in came.Paths) await paths.LeaveAsync(path, picture, tell => tell(run.Report));
        await run.Db.SaveChangesAsync();
        Arrive(came, picture.Id);
        Count(ImportOutcome.Added);
    }

    private async Task RenewAsync(PictureLibrary library, IncomingPicture came, byte[] bytes, string hash)
    {
        var item = (await run.KnownAsync(ImportedKind.Picture, [came.Id]))[came.Id];
        var picture = await run.Db.Pictures.SingleAsync(p => p.Id == item.OurId);
        if (Mark(picture) != item.Left)
        {
            Count(ImportOutcome.LeftAlone);
            return;
        }

        if (!run.Report.IsDryRun && ImportRun.Hash(bytes) != picture.Hash) await library.ReplaceAsync(run.Db, picture, Path.GetFileName(came.FilePath), bytes, run.Now);
        // Either save may have met another, and begun anew with a picture and an item of its own.
        picture = await DescribeAsync(await run.Db.Pictures.SingleAsync(p => p.Id == item.OurId), came);
        item = (await run.KnownAsync(ImportedKind.Picture, [came.Id]))[came.Id];
        item.Renew(hash, Mark(picture));
        await run.Db.SaveChangesAsync();
        Count(ImportOutcome.Updated);
    }

    private Task<Picture> DescribeAsync(Picture picture, IncomingPicture came)
    {
        var alt = ImportRun.Cut(came.Alt, Picture.AltLength);
        if (FileName.Resembles(alt, came.FilePath))
        {
            run.Report.Note("The text alternative of a picture was the name of its file, and is left out", came.FilePath);
            alt = "";
        }
        else if (alt.Length == 0) run.Report.Note("A picture has no text alternative", came.FilePath);

        return PictureLibrary.ChangeAsync(run.Db, picture, p => p.Describe(alt, isDecorative: false, ImportRun.Cut(came.Caption, Picture.CaptionLength),
            came.Credit.Length > 0 ? ImportRun.Cut(came.Credit, Picture.CreditLength) : p.Credit, ImportRun.Cut(came.Url, Picture.SourceLength)));
    }

    private void Arrive(IncomingPicture came, int ours)
    {
        came.Ours = ours;
        notes.Set(Arrived, came.Id, ours.ToString(CultureInfo.InvariantCulture));
    }

    private void Count(ImportOutcome outcome) => run.Report.Count("picture", outcome);

    private void Refuse(IncomingPicture came, string why) => run.Report.Refuse(new("picture", came.Id, came.FilePath, why));

    private static string HashOf(IncomingPicture came, UploadedFile file) => ImportRun.Hash(new { came.Url, came.FilePath, came.Alt, came.Caption, came.Credit, file.Length });

    /// <summary>All that the import says of it; where it is cropped and until when it may be shown are the desk's own.</summary>
    private static string Mark(Picture picture) => ImportRun.Hash(new { picture.Alt, picture.IsDecorative, picture.Caption, picture.Credit, picture.Source, picture.Hash });

    /// <summary>What an earlier run made of one.</summary>
    private sealed record Before(int OurId, string Hash, bool IsHere);
}
