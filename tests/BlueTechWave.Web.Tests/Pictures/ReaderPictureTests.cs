using System.Net;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Pages;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Tests.Newsroom;
using BlueTechWave.Web.Watching;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Pictures;

public class ReaderPictureTests
{
    [Theory, EachStore]
    public async Task Another_focal_point_is_another_address_everywhere_once_it_is_cut_no_page_is_without_the_picture_meanwhile_and_old_pages_keep_theirs(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.PictureAsync(noor, width: 500, height: 900);
        var article = await site.PublishUnderAsync(noor, picture, "Robots learn to swim", ("Body", $"Look.\n\n![](picture:{picture})"));
        string[] places = [article, "/", "/feed"];
        var before = new List<string>();
        foreach (var place in places) before.Add((await site.FindPictureAsync(picture)).Key);
        foreach (var place in places) Assert.Contains(before[0], await site.Reader.TextAsync(place), StringComparison.Ordinal);
        var old = Bringing.Media(await site.Reader.PageAsync(article));

        using (await noor.PostAsync(Bringing.AddressOf(picture), new() { ["x"] = "50", ["y"] = "5" }, "Set focal point"))
        {
            var meanwhile = Bringing.Media(await site.Reader.PageAsync(article));
            Assert.Equal(old.Count, meanwhile.Count);
            foreach (var address in meanwhile) Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(address));
            foreach (var place in places) Assert.Contains("/media/", await site.Reader.TextAsync(place), StringComparison.Ordinal);
        }

        await site.CutAsync();
        foreach (var place in places)
        {
            var text = await site.Reader.TextAsync(place);
            Assert.DoesNotContain(before[0], text, StringComparison.Ordinal);
            Assert.Contains((await site.FindPictureAsync(picture)).Key, text, StringComparison.Ordinal);
        }

        var now = Bringing.Media(await site.Reader.PageAsync(article));
        Assert.Equal(old.Count, now.Count);
        Assert.Empty(now.Intersect(old));
        foreach (var address in old.Concat(now)) Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(address));

        // Nobody keeps a page for longer than that.
        site.Clock.Advance(PictureLeftover.KeptFor + TimeSpan.FromHours(7));
        await site.Services.GetRequiredService<TrashKeeping>().EmptyAsync();
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync(old[0]));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(now[0]));
    }

    [Theory, EachStore]
    public async Task A_new_crop_is_cut_when_it_is_set_however_often_there_was_nothing_to_do(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.PictureAsync(noor);
        long Rounds() => site.Services.GetRequiredService<Watch>().Jobs.Single(job => job.Name == "Pictures").Rounds;
        var enough = Rounds() + 8;
        for (var tries = 0; Rounds() < enough; tries++)
        {
            Assert.True(tries < 1_000, "The job does not come round.");
            site.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        // No time passes from here on, so that nothing but the setting itself can be heard.
        using var set = await noor.PostAsync(Bringing.AddressOf(picture), new() { ["x"] = "10", ["y"] = "90" }, "Set focal point");
        for (var tries = 0; !(await site.FindPictureAsync(picture)).HasPrints; tries++)
        {
            Assert.True(tries < 500, "Nobody cuts it.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    [Theory, EachStore]
    public async Task A_replaced_file_takes_the_place_of_the_old_one_and_what_is_said_of_it_stays(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.PictureAsync(noor);
        var article = await site.PublishUnderAsync(noor, picture);
        var old = Bringing.Media(await site.Reader.PageAsync(article));

        using var refused = await noor.SendFilesAsync(Bringing.AddressOf(picture), "Replace everywhere", "file", ("x.jpg", [1, 2, 3]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotEmpty((await refused.PageAsync()).Mistake("file"));
        Assert.Equal(old, Bringing.Media(await site.Reader.PageAsync(article)));

        using var replaced = await noor.SendFilesAsync(Bringing.AddressOf(picture), "Replace everywhere", "file", ("better.png", Photograph.Png(900, 560, 7)));
        Assert.Equal(HttpStatusCode.SeeOther, replaced.StatusCode);
        // The old one may have been there against somebody's right: no page waits for the new one.
        Assert.Empty(Bringing.Media(await site.Reader.PageAsync(article)).Intersect(old));
        await site.CutAsync();
        var page = await site.Reader.PageAsync(article);
        Assert.Empty(Bringing.Media(page).Intersect(old));
        Assert.Contains(Bringing.Media(page), m => m.EndsWith("lead-800.avif", StringComparison.Ordinal));
        Assert.Equal("Waves over a server hall", page.QuerySelector(".story-pic picture img")!.GetAttribute("alt"));
    }

    [Theory, EachStore]
    public async Task A_picture_whose_rights_have_ended_is_nowhere_and_the_desk_said_so_beforehand(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.PictureAsync(noor);
        var article = await site.PublishUnderAsync(noor, picture, "Robots learn to swim", ("Body", $"Look.\n\n![](picture:{picture})\n\nAfter it."));
        using (await noor.PostAsync(Bringing.AddressOf(picture), new() { ["rights"] = "2024-09-26" }, "Save picture")) { }

        Assert.Contains("The rights to this picture end on Sep 27, 2024", (await noor.ReadAsync(Editing.AddressOf((await site.ArticleIdAsync("Robots learn to swim"))))).QuerySelector("[data-picture-warning]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("rights to 1 picture end", (await noor.ReadAsync("/newsroom")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var page = await site.Reader.PageAsync(article);
        var media = Bringing.Media(page);
        Assert.Equal(2, page.QuerySelectorAll("main picture").Length);

        site.Clock.Advance(new DateTime(2024, 9, 26, 23, 59, 0, DateTimeKind.Utc) - site.Now);
        await site.Services.GetRequiredService<PictureKeeping>().LookAsync();
        Assert.NotEmpty(Bringing.Media(await site.Reader.PageAsync(article)));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.Services.GetRequiredService<PictureKeeping>().LookAsync();

        page = await site.Reader.PageAsync(article);
        Assert.Empty(Bringing.Media(page));
        Assert.NotNull(page.QuerySelector(".story-pic img[src*='wave-cover']"));
        Assert.Null(page.QuerySelector(".story-pic figcaption"));
        Assert.Contains("After it.", page.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        foreach (var place in new[] { article, "/", "/feed", "/feed/atom", "/feed/json", "/category/ai" }) Assert.DoesNotContain((await site.FindPictureAsync(picture)).Key, await site.Reader.TextAsync(place), StringComparison.Ordinal);
        Assert.DoesNotContain("The hall at night", await site.Reader.TextAsync("/feed"), StringComparison.Ordinal);
        foreach (var address in media) Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync(address));
    }

    [Theory, EachStore]
    public async Task A_picture_under_embargo_is_nowhere_before_its_time_and_there_when_it_comes(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.PictureAsync(noor);
        using (await noor.PostAsync(Bringing.AddressOf(picture), new() { ["embargodate"] = "2024-09-25", ["embargotime"] = "18:00" }, "Save picture")) { }
        var article = await site.PublishUnderAsync(noor, picture);
        var key = (await site.FindPictureAsync(picture)).Key;
        foreach (var place in new[] { article, "/", "/feed", "/feed/json" }) Assert.DoesNotContain(key, await site.Reader.TextAsync(place), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync($"/media/{key}/lead-480.jpg"));

        site.Clock.Advance(new DateTime(2024, 9, 25, 18, 0, 0, DateTimeKind.Utc) - site.Now);
        await site.Services.GetRequiredService<PictureKeeping>().LookAsync();
        foreach (var place in new[] { article, "/", "/feed" }) Assert.Contains(key, await site.Reader.TextAsync(place), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync($"/media/{key}/lead-480.jpg"));
    }

    [Theory, EachStore]
    public async Task Figures_and_galleries_in_a_text_say_what_the_library_says_where_the_text_says_nothing(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (one, two) = (await site.PictureAsync(noor, seed: 1), await site.PictureAsync(noor, seed: 2, alt: "A cable in the sea"));
        var id = await noor.BeginAsync("Robots learn to swim", ("Body", $"First.\n\n![](picture:{one})\n\n![Own & words](picture:{two} \"Own caption\")\n\n:::gallery\n\n![](picture:{one})\n\n![](picture:{two})\n\n:::\n\nGone: ![x](picture:999)"));
        using (var missing = await noor.PressAsync(id, "Publish"))
            Assert.Contains("the picture to which picture:999 leads in the body", (await missing.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        using (await noor.PressAsync(id, "Publish", ("Body", $"First.\n\n![](picture:{one})\n\n![Own & words](picture:{two} \"Own caption\")\n\n:::gallery\n\n![](picture:{one})\n\n![](picture:{two})\n\n:::"))) { }

        var article = NewsSite.AddressOf(await site.ArticleAsync(id));
        var prose = (await site.Reader.PageAsync(article)).QuerySelector(".prose")!;
        var figures = prose.QuerySelectorAll("figure");
        Assert.Equal(4, figures.Length);
        Assert.Equal(["Waves over a server hall", "Own & words", "Waves over a server hall", "A cable in the sea"], figures.Select(f => f.QuerySelector("picture img")!.GetAttribute("alt")));
        Assert.StartsWith("The hall at night. Photo: Ada", figures[0].QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Own caption Photo: Ada", figures[1].QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
        Assert.All(prose.QuerySelectorAll("picture img"), i => Assert.Equal("lazy", i.GetAttribute("loading")));
        Assert.Equal(2, prose.QuerySelectorAll(".gallery picture").Length);
        foreach (var address in Bringing.Media((IHtmlDocument)prose.Owner!)) Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(address));
        foreach (var feed in new[] { "/feed", "/feed/atom", "/feed/json" })
        {
            var text = await site.Reader.TextAsync(feed);
            Assert.DoesNotContain("data-picture", text, StringComparison.Ordinal);
            Assert.Contains("full-480.jpg", text, StringComparison.Ordinal);
        }
    }

    [Theory, EachStore]
    public async Task A_picture_goes_out_with_words_or_a_mark_that_it_needs_none(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var silent = await site.PictureAsync(noor, alt: "", width: 300, height: 200);
        var id = await noor.BeginAsync("Robots learn to swim", ("PicturePath", $"picture:{silent}"));

        using (var refused = await noor.PressAsync(id, "Publish")) Assert.Contains("text alternative for the picture", (await refused.PageAsync()).Mistake("PictureAlt"), StringComparison.Ordinal);
        using (var refused = await noor.PressAsync(id, "Publish", ("PictureAlt", "Photo 1"))) Assert.Contains("not the picture’s file name", (await refused.PageAsync()).Mistake("PictureAlt"), StringComparison.Ordinal);
        using (var body = await noor.PressAsync(id, "Publish", ("PictureIsDecorative", "yes"), ("Body", $"![](picture:{silent})"))) Assert.Contains("a text alternative for the picture photo-1.jpg in the body", (await body.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        using (var published = await noor.PressAsync(id, "Publish", ("PictureIsDecorative", "yes"), ("Body", "Words."))) Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);
        Assert.Equal("", (await site.Reader.PageAsync(NewsSite.AddressOf(await site.ArticleAsync(id)))).QuerySelector(".story-pic picture img")!.GetAttribute("alt"));
    }

    [Theory, EachStore]
    public async Task Authors_have_portraits_pages_have_pictures_and_the_library_knows_where_each_is(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.PictureAsync(noor);
        var article = await site.PublishUnderAsync(noor, picture);
        var author = await site.AuthorAsync("noor-haddad");
        using (var saved = await noor.PostAsync($"/newsroom/authors/{author.Id}", new() { ["portrait"] = $"picture:{picture}" }, "Save author")) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        await site.EditAsync(async db =>
        {
            var page = new StandingPage("about-us", "About us");
            page.Write("About us", "", $"![](picture:{picture})", null);
            db.Pages.Add(page);
            await Task.CompletedTask;
        });
        using (await noor.PressAsync(await site.ArticleIdAsync("Robots learn to swim"), "Update", ("PicturePath", ""))) { }
        using (await noor.PressAsync(await site.ArticleIdAsync("Robots learn to swim"), "Update", ("Body", $"![](picture:{picture})"))) { }

        Assert.NotNull((await site.Reader.PageAsync(article)).QuerySelector(".by .avatar picture"));
        Assert.NotNull((await site.Reader.PageAsync("/author/noor-haddad")).QuerySelector(".avatar picture"));
        Assert.NotNull((await site.Reader.PageAsync("/about-us")).QuerySelector(".prose figure picture"));
        var uses = (await noor.ReadAsync(Bringing.AddressOf(picture))).QuerySelectorAll(".uses li").Select(l => string.Join(' ', l.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("In the text of Robots learn to swim", uses);
        Assert.Contains("On the page About us", uses);
        Assert.Contains("Portrait of Noor Haddad", uses);
        Assert.Contains(uses, u => u.StartsWith("In version", StringComparison.Ordinal));
        Assert.DoesNotContain(uses, u => u.StartsWith("Above", StringComparison.Ordinal));

        using (await noor.PostAsync(Bringing.AddressOf(picture), [], "Move to the trash"))
            foreach (var place in new[] { article, "/author/noor-haddad", "/about-us" }) Assert.Empty(Bringing.Media(await site.Reader.PageAsync(place)));
    }

    [Theory, EachStore]
    public async Task An_article_without_a_picture_is_shared_with_its_headline_drawn(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim & to “dive”");
        var draft = await site.DraftAsync("Not out yet");
        var card = new Uri((await site.Reader.PageAsync(NewsSite.AddressOf(article))).QuerySelector("meta[property='og:image']")!.GetAttribute("content")!).AbsolutePath;

        using var answer = await site.Reader.GetAsync(card);
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var drawn = NetVips.Image.NewFromBuffer(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((1200, 630), (drawn.Width, drawn.Height));
        // White letters on a dark ground: there are some of both.
        Assert.InRange((drawn.ExtractArea(72, 72, 700, 200).ExtractBand(0) > 200).Avg(), 2, 120);

        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync(card.Replace(".jpg", "0.jpg", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync($"/media/cards/{draft.Id}/{card.Split('/')[^1]}"));
        await site.HeadlineAsync(article, "Robots swim");
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync(card));
        await site.HeadlineAsync(article, "機器人學游泳");
        Assert.Contains("/img/covers/", (await site.Reader.PageAsync(NewsSite.AddressOf(article))).QuerySelector("meta[property='og:image']")!.GetAttribute("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_gets_another_size_an_original_or_what_the_desk_sees()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.FindPictureAsync(await site.PictureAsync(noor));
        var before = site.Files().Order().ToList();

        foreach (var path in new[]
        {
            $"{picture.Key}/lead-801.avif", $"{picture.Key}/lead-9999.jpg", $"{picture.Key}/lead-480.png", $"{picture.Key}/other-800.jpg", $"{picture.Key}/LEAD-800.jpg",
            $"{picture.Key}/thumb.webp", $"{picture.Key}/view.webp", $"{picture.Hash}/original.jpg", picture.Original, $"{picture.Hash[..24]}/lead-480.jpg", $"{picture.Key}", $"{picture.Key}/",
            $"{picture.Key}.sheet", "000000000000000000000000/lead-480.jpg", "..%2f..%2fbtw.db/lead-480.jpg", $"{picture.Key}/..%2f{picture.Original}", $"{picture.Key}/lead-480.jpg%00",
        })
        {
            var status = await site.Reader.StatusAsync($"/media/{path}");
            Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.MovedPermanently or HttpStatusCode.BadRequest, $"{path}: {status}");
        }

        Assert.Equal(before, site.Files().Order().ToList());
        using var seen = await noor.GetAsync($"/newsroom/pictures/{picture.Id}/view");
        Assert.Equal("image/webp", seen.Content.Headers.ContentType!.MediaType);
        Assert.True(seen.Headers.CacheControl!.Private);
        using var original = await noor.GetAsync($"/newsroom/pictures/{picture.Id}/original");
        Assert.Equal(("application/octet-stream", "attachment", "photo-1.jpg"), (original.Content.Headers.ContentType!.MediaType, original.Content.Headers.ContentDisposition!.DispositionType, original.Content.Headers.ContentDisposition.FileName));
        Assert.Equal(picture.Length, (await original.Content.ReadAsByteArrayAsync()).LongLength);
    }

    [Theory, EachStore]
    public async Task A_picture_whose_original_is_gone_says_so_at_the_desk_and_readers_see_it_as_it_was(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var picture = await site.PictureAsync(noor);
        await site.Services.GetRequiredService<IPictureStore>().DeleteAsync((await site.FindPictureAsync(picture)).Original);
        using (await noor.PostAsync(Bringing.AddressOf(picture), new() { ["x"] = "10", ["y"] = "10" }, "Set focal point")) await site.CutAsync();

        Assert.Contains("The original is not in the store.", (await noor.ReadAsync(Bringing.AddressOf(picture))).Body!.TextContent, StringComparison.Ordinal);
        var article = await site.PublishUnderAsync(noor, picture);
        // As long as it is, and not for a week alone.
        foreach (var later in new[] { TimeSpan.Zero, PictureLeftover.KeptFor + TimeSpan.FromHours(7) })
        {
            site.Clock.Advance(later);
            await site.Services.GetRequiredService<TrashKeeping>().EmptyAsync();
            var shown = Bringing.Media(await site.Reader.PageAsync(article));
            Assert.NotEmpty(shown);
            foreach (var address in shown) Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(address));
        }

        using (await noor.SendFilesAsync(Bringing.AddressOf(picture), "Replace everywhere", "file", ("again.jpg", Photograph.Jpeg(300, 200, 8)))) await site.CutAsync();
        Assert.True((await site.FindPictureAsync(picture)).HasPrints);
    }

    [Theory, EachStore]
    public async Task A_new_crop_of_what_readers_see_is_cut_before_all_that_is_new(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (known, seen) = (await site.PictureAsync(noor, 1), await site.PictureAsync(noor, 2));
        await site.EditAsync(async db =>
        {
            (await db.Pictures.SingleAsync(p => p.Id == known)).Replace("new.jpg", Darkroom.Develop(Photograph.Jpeg(300, 200, 3), PictureLimits.Usual));
            PictureLibrary.Focus(db, await db.Pictures.SingleAsync(p => p.Id == seen), 10, 10, site.Now);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            Assert.Equal(seen, (await PictureLibrary.NextAsync(db, []))!.Id);
        });
    }
}
