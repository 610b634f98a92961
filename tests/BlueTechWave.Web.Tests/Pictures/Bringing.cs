using System.Net;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Tests.Newsroom;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Pictures;

/// <summary>A colleague at the picture library.</summary>
internal static class Bringing
{
    public const string Library = "/newsroom/pictures";

    public static string AddressOf(int id) => $"{Library}/{id}";

    /// <summary>Brings files by the plain form, and answers what came back.</summary>
    public static async Task<HttpResponseMessage> SendFilesAsync(this Colleague who, string page, string button, string field, params (string Name, byte[] File)[] files)
    {
        var form = (IHtmlFormElement)(await who.ReadAsync(page)).QuerySelectorAll("main button").OfType<IHtmlButtonElement>().First(b => b.TextContent.Trim() == button).Form!;
        using var posted = new MultipartFormDataContent();
        foreach (var (name, value) in Colleague.Filled(form)) posted.Add(new StringContent(value), name);
        foreach (var (name, file) in files) posted.Add(new ByteArrayContent(file), field, name);
        return await who.Http.PostAsync(form.GetAttribute("action") is { Length: > 0 } action ? action : page, posted);
    }

    public static Task<HttpResponseMessage> BringAsync(this Colleague who, params (string Name, byte[] File)[] files) => who.SendFilesAsync(Library, "Add", "files", files);

    /// <summary>A picture in the library with everything said of it, and all its sizes cut.</summary>
    public static async Task<int> PictureAsync(this NewsSite site, Colleague who, int seed = 1, string alt = "Waves over a server hall", int width = 520, int height = 350)
    {
        using var brought = await who.BringAsync(($"photo-{seed}.jpg", Photograph.Jpeg(width, height, seed)));
        Assert.Equal(HttpStatusCode.SeeOther, brought.StatusCode);
        var id = int.Parse(brought.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        if (alt.Length > 0)
        {
            using var said = await who.PostAsync(AddressOf(id), new() { ["alt"] = alt, ["caption"] = "The hall at night.", ["credit"] = "Photo: Ada Okafor" }, "Save picture");
            Assert.Equal(HttpStatusCode.SeeOther, said.StatusCode);
        }

        await site.CutAsync();
        return id;
    }

    /// <summary>Everything that is to be cut is cut.</summary>
    public static Task CutAsync(this NewsSite site) => site.Services.GetRequiredService<PictureKeeping>().PrintAsync();

    public static Task<Picture> FindPictureAsync(this NewsSite site, int id) => site.AskAsync(db => db.Pictures.AsNoTracking().SingleAsync(p => p.Id == id));

    /// <summary>A published article with the picture above it.</summary>
    public static async Task<string> PublishUnderAsync(this NewsSite site, Colleague who, int picture, string headline = "Robots learn to swim", params (string, string)[] fields)
    {
        var id = await who.BeginAsync(headline, [("PicturePath", $"picture:{picture}"), .. fields]);
        using var published = await who.PressAsync(id, "Publish");
        Assert.True(published.StatusCode == HttpStatusCode.SeeOther, (await published.PageAsync()).QuerySelector(".notices")?.TextContent);
        return NewsSite.AddressOf(await site.ArticleAsync(id));
    }

    public static Task<int> ArticleIdAsync(this NewsSite site, string headline) => site.AskAsync(db => db.Articles.Where(a => a.Headline == headline).Select(a => a.Id).SingleAsync());

    /// <summary>Every address of a picture on a page.</summary>
    public static IReadOnlyList<string> Media(IHtmlDocument page) =>
    [
        .. page.QuerySelectorAll("img, source").SelectMany(e => new[] { e.GetAttribute("src") ?? "" }.Concat((e.GetAttribute("srcset") ?? "").Split(',').Select(s => s.Trim().Split(' ')[0])))
            .Where(a => a.StartsWith("/media/", StringComparison.Ordinal)).Distinct(),
    ];

    public static IEnumerable<string> Files(this NewsSite site) =>
        Directory.Exists(Path.Combine(site.Folder, "pictures")) ? Directory.EnumerateFiles(Path.Combine(site.Folder, "pictures"), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!) : [];
}
