using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Tests.Newsroom;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Pictures;

public class LibraryTests
{
    [Theory, EachStore]
    public async Task A_picture_goes_from_a_plain_form_to_everybody_who_reads(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.PictureAsync(noor, width: 1250, height: 800);
        var article = await site.PublishUnderAsync(noor, picture);

        var page = await site.Reader.PageAsync(article);
        var lead = page.QuerySelector(".story-pic")!;
        Assert.Equal(["image/avif", "image/webp"], lead.QuerySelectorAll("source").Select(s => s.GetAttribute("type")));
        var image = lead.QuerySelector("picture img")!;
        Assert.Equal("Waves over a server hall", image.GetAttribute("alt"));
        Assert.Equal(("high", null), (image.GetAttribute("fetchpriority"), image.GetAttribute("loading")));
        Assert.Equal(("800", "450"), (image.GetAttribute("width"), image.GetAttribute("height")));
        Assert.StartsWith("data:image/webp;base64,", lead.QuerySelector("img.blur")!.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Contains("The hall at night.", lead.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Photo: Ada Okafor", lead.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);

        var media = Bringing.Media(page);
        Assert.Equal(9, media.Count(m => m.Contains("/lead-", StringComparison.Ordinal)));
        foreach (var address in media)
        {
            using var answer = await site.Reader.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString().Replace("public, immutable, max-age=31536000", "public, max-age=31536000, immutable", StringComparison.Ordinal));
            Assert.Equal(Path.GetExtension(address) switch { ".avif" => "image/avif", ".webp" => "image/webp", _ => "image/jpeg" }, answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("cross-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        }

        using var again = new HttpRequestMessage(HttpMethod.Get, media[0]);
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse($"\"{media[0].Split('/')[2]}\""));
        using var known = await site.Reader.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var head = await site.Reader.SendAsync(new(HttpMethod.Head, media[0]));
        Assert.True(head.Content.Headers.ContentLength > 1000);

        var home = await site.Reader.PageAsync("/");
        Assert.Contains(Bringing.Media(home), m => m.Contains("/card-", StringComparison.Ordinal));
        Assert.All(home.QuerySelectorAll("picture img"), i => Assert.Equal("", i.GetAttribute("alt")));
        var shared = page.QuerySelector("meta[property='og:image']")!.GetAttribute("content")!;
        Assert.EndsWith("/share-1200.jpg", shared, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(new Uri(shared).AbsolutePath));
        Assert.Contains("/share-1200.jpg", await site.Reader.TextAsync("/feed"), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task What_is_not_taken_gets_a_sentence_of_its_own_and_leaves_nothing_behind(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var photo = Photograph.Jpeg(400, 300);

        using var answer = await ines.BringAsync(
            ("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray()),
            ("holiday.jpg", Encoding.ASCII.GetBytes("<html><body>not a picture</body></html>")),
            ("half.jpg", photo[..(photo.Length / 2)]),
            ("both.jpg", [.. photo, .. "<script>alert(1)</script>"u8]),
            ("empty.png", []));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var said = (await answer.PageAsync()).QuerySelectorAll("#files-error li").Select(l => l.TextContent).ToList();
        Assert.Equal(5, said.Count);
        Assert.StartsWith("drawing.svg: This is not a picture we can take", said[0], StringComparison.Ordinal);
        Assert.Contains("damaged or cut off", said[2], StringComparison.Ordinal);
        Assert.Contains("a web page at once", said[3], StringComparison.Ordinal);
        Assert.Empty(site.Files());
        Assert.Equal(0, await site.AskAsync(db => db.Pictures.CountAsync()));

        using var none = await ines.BringAsync();
        Assert.Contains("Choose one or more pictures first.", (await none.PageAsync()).QuerySelector("#files-error")!.TextContent, StringComparison.Ordinal);
        using var some = await ines.BringAsync(("good.jpg", photo), ("bad.jpg", [1, 2, 3]));
        Assert.Equal(1, await site.AskAsync(db => db.Pictures.CountAsync()));
        Assert.Single((await some.PageAsync()).QuerySelectorAll("#files-error li"));
    }

    [Theory, EachStore]
    public async Task The_same_picture_again_is_the_one_that_is_there_and_one_that_looks_the_same_is_offered(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var first = await site.PictureAsync(noor, seed: 3);

        using var same = await noor.BringAsync(("other-name.jpg", Photograph.Jpeg(520, 350, 3)));
        Assert.Equal(Bringing.AddressOf(first), same.Headers.Location!.OriginalString);
        using var smaller = await noor.BringAsync(("smaller.webp", Photograph.In("webp", 390, 262, 3)));
        var page = await noor.ReadAsync(smaller.Headers.Location!.OriginalString);
        var offer = page.QuerySelectorAll(".said").First(s => s.TextContent.Contains("It looks like", StringComparison.Ordinal));
        Assert.Equal(Bringing.AddressOf(first), offer.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Photo: Ada Okafor", offer.TextContent, StringComparison.Ordinal);
        Assert.Contains("The hall at night.", offer.TextContent, StringComparison.Ordinal);

        using var other = await noor.BringAsync(("other.jpg", Photograph.Jpeg(520, 350, 4)));
        Assert.DoesNotContain("It looks like", (await noor.ReadAsync(other.Headers.Location!.OriginalString)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_script_brings_one_at_a_time_and_hears_what_became_of_it(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Media:MaxMegabytes=1");
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var token = Colleague.Filled(Reading.Form(await ines.ReadAsync(Bringing.Library))).First(f => f.Key == "__RequestVerificationToken").Value;

        var (status, taken) = await SendAsync(Photograph.Png(300, 200), token);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("picture:1", taken.GetProperty("picture").GetProperty("address").GetString());
        Assert.True(taken.GetProperty("isNew").GetBoolean());

        (status, var refused) = await SendAsync("GIF89a but no picture"u8.ToArray(), token);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.EndsWith(".", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        (status, refused) = await SendAsync(new byte[3 << 20], token);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("1 MB", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        (status, _) = await SendAsync(Photograph.Png(300, 200, 2), "forged");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(1, await site.AskAsync(db => db.Pictures.CountAsync()));

        using var found = await ines.GetAsync("/newsroom/pictures/find?q=PICTURE");
        using var list = JsonDocument.Parse(await found.Content.ReadAsStringAsync());
        Assert.Single(list.RootElement.GetProperty("pictures").EnumerateArray());
        using var stranger = site.NewReader();
        Assert.NotEqual(HttpStatusCode.OK, await stranger.StatusAsync("/newsroom/pictures/find"));
        Assert.NotEqual(HttpStatusCode.OK, await stranger.StatusAsync("/newsroom/pictures/1/thumb"));

        async Task<(HttpStatusCode, JsonElement)> SendAsync(byte[] file, string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/newsroom/pictures/upload?name=picture%20one.png") { Content = new ByteArrayContent(file) };
            request.Headers.Add("RequestVerificationToken", token);
            using var answer = await ines.Http.SendAsync(request);
            return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone());
        }
    }

    [Theory, EachStore]
    public async Task The_library_is_found_by_what_is_said_of_it_filtered_and_paged(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var used = await site.PictureAsync(noor, seed: 1);
        var silent = await site.PictureAsync(noor, seed: 2, alt: "", width: 300, height: 200);
        await site.PublishUnderAsync(noor, used);

        Assert.Equal([silent, used], await LinesAsync(""));
        Assert.Equal([used], await LinesAsync("?q=SERVER+okafor"));
        Assert.Equal([silent], await LinesAsync("?q=photo-2"));
        Assert.Empty(await LinesAsync("?q=nothing"));
        Assert.Equal([silent], await LinesAsync("?show=unused"));
        Assert.Equal([silent], await LinesAsync("?show=no-alt"));
        Assert.Empty(await LinesAsync("?show=rights"));
        using (await noor.PostAsync(Bringing.AddressOf(used), new() { ["rights"] = "2024-10-10" }, "Save picture")) Assert.Equal([used], await LinesAsync("?show=rights"));
        using (await noor.PostAsync(Bringing.AddressOf(silent), [], "Move to the trash")) Assert.Equal([silent], await LinesAsync("?show=trash"));
        Assert.Equal([used], await LinesAsync("?page=999"));

        async Task<List<int>> LinesAsync(string query) =>
            [.. (await noor.ReadAsync(Bringing.Library + query)).QuerySelectorAll(".contacts a").Select(a => int.Parse(a.GetAttribute("href")!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture))];
    }

    [Theory, EachStore]
    public async Task A_reporter_describes_what_she_brought_and_no_more(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var tom = await Colleague.ArriveAsync(site, Role.Reporter, "Tom Adeyemi");
        var hers = await site.PictureAsync(ines);

        var page = await tom.ReadAsync(Bringing.AddressOf(hers));
        Assert.DoesNotContain("Save picture", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Replace everywhere", (await ines.ReadAsync(Bringing.AddressOf(hers))).Body!.TextContent, StringComparison.Ordinal);
        var token = Colleague.Filled(page.QuerySelectorAll("main form").OfType<AngleSharp.Html.Dom.IHtmlFormElement>().First(f => f.Method == "post")).First(f => f.Key == "__RequestVerificationToken");
        foreach (var handler in new[] { "", "?handler=Focus", "?handler=Trash", "?handler=Replace", "?handler=BringBack" })
        {
            using var refused = await tom.Http.PostAsync(Bringing.AddressOf(hers) + handler, new FormUrlEncodedContent([token, new("alt", "Mine"), new("x", "1"), new("y", "1")]));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.Equal("Waves over a server hall", (await site.FindPictureAsync(hers)).Alt);
    }

    [Theory, EachStore]
    public async Task Bad_input_gets_a_word_beside_its_field_and_nothing_is_lost(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.PictureAsync(noor);

        using var refused = await noor.PostAsync(Bringing.AddressOf(picture), new() { ["alt"] = "photo-1", ["caption"] = new string('c', 1001), ["rights"] = "31/12/2024", ["embargodate"] = "soon", ["credit"] = "Kept words" }, "Save picture");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await refused.PageAsync();
        foreach (var field in new[] { "alt", "caption", "rights", "embargodate" }) Assert.NotEmpty(page.Mistake(field));
        Assert.Equal("Kept words", page.GetElementById("credit")!.GetAttribute("value"));
        Assert.Equal("Photo: Ada Okafor", (await site.FindPictureAsync(picture)).Credit);

        using var late = await noor.PostAsync(Bringing.AddressOf(picture), new() { ["alt"] = "Said by the one who came late", ["before"] = "something else" }, "Save picture");
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
        Assert.Contains("Somebody changed this picture while you did", (await late.PageAsync()).Mistake("alt"), StringComparison.Ordinal);
        using var aside = await noor.PostAsync(Bringing.AddressOf(picture) + "?handler=Focus", new() { ["x"] = "140", ["y"] = "x" }, "Set focal point");
        Assert.Equal(HttpStatusCode.BadRequest, aside.StatusCode);
    }

    [Theory, EachStore]
    public async Task What_is_done_to_a_picture_is_in_the_log_and_what_the_machine_cuts_is_not(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.PictureAsync(noor);
        using (await noor.SendFilesAsync(Bringing.AddressOf(picture), "Replace everywhere", "file", ("new.jpg", Photograph.Jpeg(600, 400, 9)))) await site.CutAsync();
        using (await noor.PostAsync(Bringing.AddressOf(picture), [], "Move to the trash"))
        using (await noor.PostAsync(Bringing.AddressOf(picture), [], "Bring back"))
            Assert.Equal(["Added", "Changed", "Replaced", "Trashed", "Brought back"], (await site.AuditAsync(e => e.Subject == "Picture")).Select(e => e.Act));
        Assert.All(await site.AuditAsync(e => e.Subject == "Picture"), e => Assert.Equal("Noor Haddad", e.By));
    }

    [Theory, EachStore]
    public async Task The_trash_keeps_a_picture_for_a_month_and_for_as_long_as_an_article_has_it(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (loose, used) = (await site.PictureAsync(noor, seed: 1), await site.PictureAsync(noor, seed: 2));
        var article = await site.PublishUnderAsync(noor, used);
        foreach (var id in new[] { loose, used }) (await noor.PostAsync(Bringing.AddressOf(id), [], "Move to the trash")).Dispose();

        Assert.Empty(Bringing.Media(await site.Reader.PageAsync(article)));
        Assert.NotNull((await site.Reader.PageAsync(article)).QuerySelector(".story-pic img[src*='wave-cover']"));
        site.Clock.Advance(TimeSpan.FromDays(32));
        await site.Services.GetRequiredService<TrashKeeping>().EmptyAsync();
        Assert.Equal([used], await site.AskAsync(db => db.Pictures.Select(p => p.Id).ToListAsync()));
        Assert.Equal(3, site.Files().Count());

        using var back = await Colleague.AgainAsync(site, noor.Account);
        using (await back.PostAsync(Bringing.AddressOf(used), [], "Bring back")) Assert.NotEmpty(Bringing.Media(await site.Reader.PageAsync(article)));
    }
}
