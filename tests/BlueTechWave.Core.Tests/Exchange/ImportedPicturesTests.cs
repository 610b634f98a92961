using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tests.Pictures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>The photographs in the moving van: which arrive, where they hang, and what the second van finds.</summary>
public sealed class ImportedPicturesTests : IDisposable
{
    private const string Uploads = Wxr.Site + "/wp-content/uploads/";

    private readonly string _around = Directory.CreateTempSubdirectory("btw-uploads-").FullName;
    private readonly PictureLibrary _library;
    private readonly ImportMedia _media;

    public ImportedPicturesTests()
    {
        _library = new(new DiskPictureStore(Path.Combine(_around, "store")), PictureLimits.Usual);
        _media = new(_library, new UploadsFolder(Path.Combine(_around, "uploads")));
        Bring("2020/03/mast.jpg", Photograph.Jpeg(900, 600, 1));
        Bring("2020/03/quay.png", Photograph.Png(300, 200, 2));
    }

    // The featured picture comes after its article, as it does in a real export as often as not.
    private static Wxr Gazette => new Wxr()
        .Post(1, "Spring tide", $"Water.\n\n<a href=\"{Uploads}2020/03/mast.jpg\"><img class=\"size-medium wp-image-9\" src=\"{Uploads}2020/03/mast-300x200.jpg\" alt=\"Fog at noon\" /></a>\n\n[gallery ids=\"9,10\"]", more: Wxr.Meta("_thumbnail_id", "9"))
        .Post(2, "About us", $"<p><img src=\"{Uploads}2020/03/quay.png\" alt=\"\"></p>", type: "page")
        .Picture(9, "2020/03/mast.jpg", "A mast in fog", "The mast, in March", Wxr.Meta("_wp_attachment_metadata", "a:1:{s:10:\"image_meta\";a:1:{s:6:\"credit\";s:9:\"Ines Roca\";}}"))
        .Picture(10, "2020/03/quay.png", "quay.png");

    [Theory, OnEachProvider]
    public async Task Pictures_hang_where_they_hung_with_what_was_said_of_them(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);

        var report = await ImportAsync(store, Gazette);

        Assert.True(report.AddsUp, report.ToString());
        Assert.Equal((2, 0), (report.Of("picture", ImportOutcome.Added), report.Of(ImportOutcome.Refused)));
        Assert.Contains("The text alternative of a picture was the name of its file, and is left out: 2020/03/quay.png", report.ToString());
        await using var db = store.Open();
        var (mast, quay) = (await db.Pictures.SingleAsync(p => p.Name == "mast.jpg"), await db.Pictures.SingleAsync(p => p.Name == "quay.png"));
        Assert.Equal(("A mast in fog", "The mast, in March", "Ines Roca", Uploads + "2020/03/mast.jpg"), (mast.Alt, mast.Caption, mast.Credit, mast.Source));
        Assert.Equal(("", 300), (quay.Alt, quay.Width));
        var article = await db.Articles.Whole().SingleAsync();
        Assert.Equal((mast.Id, "A mast in fog", "The mast, in March", "Ines Roca"), (article.Picture!.PictureId, article.Picture.Alt, article.Picture.Caption, article.Picture.Credit));
        Assert.Equal($"Water.\n\n![Fog at noon]({mast.Address})\n\n::: gallery\n![]({mast.Address})\n\n![]({quay.Address})\n:::\n", article.Body);
        Assert.Equal($"![]({quay.Address})\n", (await db.Pages.SingleAsync()).Body);
        Assert.Equal(mast.Address, await db.Redirects.Where(r => r.From == "/wp-content/uploads/2020/03/mast.jpg").Select(r => r.To).SingleAsync());
        Assert.Equal([PicturePlace.Lead, PicturePlace.Body, PicturePlace.Revision], await db.PictureUses.Where(u => u.PictureId == mast.Id).Select(u => u.Place).Order().ToListAsync());
        Assert.Equal([PicturePlace.Body, PicturePlace.Revision, PicturePlace.Page], await db.PictureUses.Where(u => u.PictureId == quay.Id).Select(u => u.Place).Order().ToListAsync());
        Assert.True((await StoreCheck.MendAsync(db)).IsClean);
    }

    [Theory, OnEachProvider]
    public async Task Pictures_of_wordpress_com_arrive_from_a_host_of_their_own_and_other_files_are_refused_at_once(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        const string Files = "gazette.files.wordpress.example";
        static string Kept(int id, string file) => $"<item><title>{file}</title><link>{Wxr.Site}/2020/03/04/tide/{id}/</link><wp:post_id>{id}</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://i0.wp.com/{Files}/{file}</wp:attachment_url></item>";
        var gazette = new Wxr()
            .Post(1, "Spring tide", $"<img src=\"https://{Files}/2020/03/mast.jpg?w=604\" alt=\"Fog\">\n\n<img src=\"https://else.example/2020/03/quay.png\" alt=\"Theirs\">")
            .Raw(Kept(9, "2020/03/mast.jpg")).Raw(Kept(10, "2020/03/quay.png")).Raw(Kept(11, "2020/03/horn.mp3"));

        var waiting = await ImportAsync(store, gazette, media: null, isDryRun: true);
        var report = await ImportAsync(store, gazette);

        Assert.Equal((2, 1), (waiting.Of("picture", ImportOutcome.Waiting), waiting.Of("picture", ImportOutcome.Refused)));
        Assert.Equal(["picture 11 “2020/03/horn.mp3”: It is no picture, and other files are not kept here: texts go on leading to where it is."], report.Refusals.Select(r => r.ToString()));
        await using var db = store.Open();
        var mast = await db.Pictures.SingleAsync(p => p.Name == "mast.jpg");
        Assert.Equal($"![Fog]({mast.Address})\n\n![Theirs](https://else.example/2020/03/quay.png)\n", (await db.Articles.SingleAsync()).Body);
        var places = OldPlace.Of(Wxr.Read(gazette.ToString())).Select(p => p.Path).ToList();
        Assert.Contains("/2020/03/04/tide/9/", places);
        Assert.DoesNotContain(places, path => path.Contains(Files, StringComparison.Ordinal));
    }

    [Theory, OnEachProvider]
    public async Task A_zip_brings_the_same_pictures_and_no_file_larger_than_any_picture(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        Bring("2020/03/bomb.jpg", new byte[PictureLimits.Usual.Bytes + 1]);
        var packed = new FileInfo(Path.Combine(_around, "uploads.zip"));
        await System.IO.Compression.ZipFile.CreateFromDirectoryAsync(Path.Combine(_around, "uploads"), packed.FullName, TestContext.Current.CancellationToken);
        Assert.True(packed.Length < 1 << 20);
        using var zip = new UploadsZip(packed);

        var report = await ImportAsync(store, Gazette.Picture(20, "2020/03/bomb.jpg"), new ImportMedia(_library, zip));
        var again = await ImportAsync(store, Gazette, _media);

        Assert.Equal((2, "20"), (report.Of("picture", ImportOutcome.Added), report.Refusals.Single().Id));
        Assert.StartsWith("Its file is larger than", report.Refusals.Single().Why);
        Assert.Equal(2, again.Of("picture", ImportOutcome.Unchanged));
    }

    [Theory, OnEachProvider]
    public async Task A_second_van_with_the_same_pictures_changes_nothing(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await ImportAsync(store, Gazette);

        foreach (var media in new[] { _media, null })
        {
            var report = await ImportAsync(store, Gazette, media);

            Assert.True(report.AddsUp);
            Assert.Equal((2, 0, 0), (report.Of("picture", ImportOutcome.Unchanged), report.Of(ImportOutcome.Added), report.Of(ImportOutcome.Updated)));
        }

        await using var db = store.Open();
        Assert.Equal(2, await db.Pictures.CountAsync());
    }

    [Theory, OnEachProvider]
    public async Task Pictures_that_come_after_the_texts_are_hung_in_them(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        var before = await ImportAsync(store, Gazette, media: null);

        var report = await ImportAsync(store, Gazette);

        Assert.Equal(2, before.Of("picture", ImportOutcome.Waiting));
        Assert.Contains("The picture above it has not arrived", before.Notes);
        Assert.Equal((1, 1, 2), (report.Of("article", ImportOutcome.Updated), report.Of("page", ImportOutcome.Updated), report.Of("picture", ImportOutcome.Added)));
        await using var db = store.Open();
        Assert.NotNull((await db.Articles.SingleAsync()).Picture);
    }

    [Theory, OnEachProvider]
    public async Task A_run_that_broke_off_is_taken_up_with_no_picture_twice(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await using (var db = store.Open())
        {
            // As far as the library came by itself: it has the file, and nothing is said of it.
            await _library.AddAsync(db, "mast.jpg", await File.ReadAllBytesAsync(Path.Combine(_around, "uploads/2020/03/mast.jpg"), TestContext.Current.CancellationToken), null, Paper.Noon);
            await Assert.ThrowsAsync<IOException>(() => new Importer(db, $"wordpress {Wxr.Site}", Paper.Noon, Paper.Zone) { Media = _media }
                .RunAsync(Wxr.Read(Gazette.ToString()).Select(one => one is not IncomingPicture { Id: "10" } ? one : throw new IOException())));
        }

        var report = await ImportAsync(store, Gazette);

        Assert.Equal((1, 1), (report.Of("picture", ImportOutcome.Unchanged), report.Of("picture", ImportOutcome.Added)));
        await using var after = store.Open();
        Assert.Equal(["", "A mast in fog"], await after.Pictures.Select(p => p.Alt).Order().ToListAsync());
    }

    [Theory, OnEachProvider]
    public async Task What_is_no_picture_or_not_there_is_told_and_stays_a_link(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        Bring("2020/03/false.jpg", "%PDF-1.7 and no picture"u8.ToArray());
        await File.WriteAllBytesAsync(Path.Combine(_around, "secret.jpg"), Photograph.Jpeg(60, 40, 3), TestContext.Current.CancellationToken);

        var report = await ImportAsync(store, new Wxr()
            .Post(1, "Spring tide", $"<img src=\"{Uploads}2020/03/gone-300x200.jpg\" alt=\"Gone\">", more: Wxr.Meta("_thumbnail_id", "21"))
            .Picture(20, "2020/03/false.jpg").Picture(21, "2020/03/gone.jpg").Picture(22, "../secret.jpg").Picture(23, "2020/03/mast-1024x683.jpg", "A mast").Picture(23, "2020/03/mast.jpg").Picture(24, "2020/03/\u0000%00 quay.png"));

        Assert.True(report.AddsUp, report.ToString());
        Assert.Equal(["20", "21", "22", "23", "24"], report.Refusals.Select(r => r.Id));
        Assert.All(report.Refusals.Skip(1).Take(2), r => Assert.Equal("Its file is not in the folder.", r.Why));
        Assert.Contains("A picture in the text has not arrived: it leads to where it was", report.Notes);
        await using var db = store.Open();
        Assert.Equal("A mast", (await db.Pictures.SingleAsync()).Alt);
        var article = await db.Articles.SingleAsync();
        Assert.Equal($"![Gone]({Uploads}2020/03/gone-300x200.jpg)\n", article.Body);
        Assert.Null(article.Picture);
    }

    [Theory, OnEachProvider]
    public async Task What_was_said_anew_there_is_said_here_unless_the_desk_said_otherwise(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await ImportAsync(store, new Wxr().Picture(9, "2020/03/mast.jpg", "Old words").Picture(10, "2020/03/quay.png", "Old words too"));
        await using (var db = store.Open())
        {
            (await db.Pictures.SingleAsync(p => p.Name == "quay.png")).Describe("The desk’s words", false, "", "", "");
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Bring("2020/03/mast.jpg", Photograph.Jpeg(640, 480, 4));
        var report = await ImportAsync(store, new Wxr().Picture(9, "2020/03/mast.jpg", "New words").Picture(10, "2020/03/quay.png", "New words too"));

        Assert.Equal((1, 1), (report.Of("picture", ImportOutcome.Updated), report.Of("picture", ImportOutcome.LeftAlone)));
        await using var after = store.Open();
        Assert.Equal([("New words", 640), ("The desk’s words", 300)], (await after.Pictures.OrderBy(p => p.Id).ToListAsync()).Select(p => (p.Alt, p.Width)));
    }

    [Theory, OnEachProvider]
    public async Task A_dry_run_looks_at_every_picture_and_keeps_none(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        Bring("2020/03/false.jpg", "no picture"u8.ToArray());

        var report = await ImportAsync(store, Gazette.Picture(20, "2020/03/false.jpg"), isDryRun: true);

        Assert.True(report.AddsUp);
        Assert.Equal((2, 1), (report.Of("picture", ImportOutcome.Added), report.Of("picture", ImportOutcome.Refused)));
        Assert.Contains(report.Addresses, a => a.Path == "/wp-content/uploads/2020/03/mast.jpg" && a.Answer == "301 to the picture");
        await using var db = store.Open();
        Assert.Equal(0, await db.Pictures.CountAsync());
        Assert.False(Directory.Exists(Path.Combine(_around, "store")) && Directory.EnumerateFiles(Path.Combine(_around, "store"), "*original*", SearchOption.AllDirectories).Any());
    }

    public void Dispose() => Directory.Delete(_around, recursive: true);

    private void Bring(string file, byte[] bytes)
    {
        var path = Path.Combine(_around, "uploads", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private Task<ImportReport> ImportAsync(Store store, Wxr export, bool isDryRun = false) => ImportAsync(store, export, _media, isDryRun);

    private static Task<ImportReport> ImportAsync(Store store, Wxr export, ImportMedia? media, bool isDryRun = false) => Wxr.ImportAsync(store, export.ToString(), isDryRun, media: media);
}
