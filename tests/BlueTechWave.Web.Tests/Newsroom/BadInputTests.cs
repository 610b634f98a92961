using System.Net;
using System.Text;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Web.Pages.Newsroom.Articles;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>What no form of ours would send, or nobody should have typed: said beside the field, with the text kept.</summary>
public class BadInputTests
{
    public static TheoryData<string, int> Lengths => new()
    {
        { "Headline", 200 }, { "Slug", 120 }, { "KeyPoints", 500 }, { "Take", 5000 }, { "TakeBy", 120 }, { "TakeRole", 120 }, { "Summary", 500 },
        { "SocialTitle", 200 }, { "SocialDescription", 500 }, { "PictureAlt", 500 }, { "PictureCaption", 1000 }, { "PictureCredit", 200 }, { "Tags", 120 },
    };

    [Theory, MemberData(nameof(Lengths))]
    public async Task A_field_too_long_is_refused_with_its_text_and_one_that_just_fits_is_not(string field, int most)
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var long_ = new string('a', most + 1);

        using var refused = await ines.PressAsync(0, "Save draft", ("PicturePath", "/img/art/pic-cable.svg"), (field, long_));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await refused.PageAsync();
        Assert.Contains($"{most:N0}", page.Mistake(field));
        if (field != "Slug") Assert.Equal(long_, page.Value(field));

        using var taken = await ines.PressAsync(0, "Save draft", ("PicturePath", "/img/art/pic-cable.svg"), (field, long_[1..]));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
    }

    [Fact]
    public async Task Lengths_just_allowed_are_stored_on_PostgreSQL_too()
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        await using var site = await NewsSite.OpenAsync(Store.Postgres);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");

        using var answer = await ines.PressAsync(0, "Save draft", [("PicturePath", "/img/art/pic-cable.svg"), .. Lengths.Select(l => (l.Data.Item1, new string('a', l.Data.Item2)))]);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_of_five_million_characters_comes_back_with_a_word_on_it_and_a_million_is_saved()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var body = string.Concat(Enumerable.Repeat("Four hundred robots swam. ", 5_000_000 / 26 + 1))[..5_000_000];

        using (var answer = await ines.PressAsync(0, "Save draft", ("Headline", "Robots"), ("Body", body)))
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var page = await answer.PageAsync();
            Assert.Equal("The body has 5,000,000 characters; 1,000,000 are the most.", page.Mistake("Body"));
            Assert.Equal((5_000_000, "Robots"), (page.Value("Body").Length, page.Value("Headline")));
        }

        Assert.Contains("5,000,000", (await ines.AutosaveAsync(0, await ines.OpenAsync(0), ("Body", body))).GetProperty("error").GetString());
        var id = await ines.BeginAsync("Robots", ("Body", body[..ArticleForm.BodyLength]));
        Assert.Equal(ArticleForm.BodyLength, (await site.ArticleAsync(id)).Body.Length);
    }

    [Fact]
    public async Task Windows_line_ends_become_ours_and_nothing_else_about_a_body_changes()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");

        var id = await ines.BeginAsync("Robots", ("Body", "\r\n  One \r\n\r\n\t* two\r\n<b>three</b>\u00a0\r\n"));

        Assert.Equal("\n  One \n\n\t* two\n<b>three</b>\u00a0\n", (await site.ArticleAsync(id)).Body);
        Assert.Equal("\n  One \n\n\t* two\n<b>three</b>\u00a0\n", (await ines.ReadAsync(Editing.AddressOf(id))).Value("Body"));
    }

    [Theory]
    [InlineData("Headline")]
    [InlineData("Body")]
    [InlineData("KeyPoints")]
    [InlineData("Take")]
    [InlineData("Tags")]
    public async Task Bytes_that_are_no_text_are_shown_and_asked_for_again(string field)
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var token = (await ines.OpenAsync(0)).First(f => f.Key == "__RequestVerificationToken").Value;

        foreach (var bytes in new byte[][] { [0xFF], [0], [0xED, 0xA0, 0x80], [0x0B], [0xC2, 0x85] })
        {
            using var form = new MultipartFormDataContent();
            form.Add(new StringContent(token), "__RequestVerificationToken");
            form.Add(new ByteArrayContent([.. "Rob"u8, .. bytes, .. "ots"u8]), field);
            using var answer = await ines.Http.PostAsync($"{Editing.New}?handler=Save", form);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var page = await answer.PageAsync();
            Assert.Contains("could not be read", page.Mistake(field));
            Assert.StartsWith("Rob\uFFFD", page.Value(field));
        }
    }

    [Theory, EachStore]
    public async Task Script_in_every_field_is_only_text(Store store)
    {
        const string Evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots");
        (string, string)[] fields = [.. new[] { "Headline", "KeyPoints", "Body", "Take", "TakeBy", "TakeRole", "Summary", "SocialTitle", "SocialDescription", "PictureAlt", "PictureCaption", "PictureCredit", "Tags" }.Select(f => (f, Evil))];

        using var preview = await noor.Http.PostAsync($"{Editing.AddressOf(id)}/preview", new FormUrlEncodedContent((await noor.OpenAsync(id)).Where(f => fields.All(n => n.Item1 != f.Key)).Concat(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)))));
        using var published = await noor.PressAsync(id, "Publish", [("PicturePath", "/img/art/pic-cable.svg"), ("Slug", "evil-robots"), .. fields]);
        Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);
        await noor.PressAsync(id, "Update", ("change", "correction"), ("note", Evil));

        foreach (var page in new[] { await preview.PageAsync(), await noor.ReadAsync(Editing.AddressOf(id)), await site.Reader.PageAsync("/2024/09/evil-robots") })
            Assert.Empty(page.QuerySelectorAll("script:not([src]):not([type='application/ld+json']), [onerror], img[src=x]").Select(e => e.OuterHtml));
    }

    [Fact]
    public async Task Ids_that_name_nothing_and_forms_that_are_none_are_refused()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");

        using var answer = await ines.PressAsync(0, "Save draft", ("Headline", "Robots"), ("CategoryId", "99999"), ("FurtherCategoryIds", "-1"), ("AuthorIds", "one"), ("PicturePath", "/etc/passwd"), ("base", "x"), ("key", "'; --"), ("sequence", "99999999999"));
        var page = await answer.PageAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        foreach (var field in new[] { "CategoryId", "AuthorIds", "PicturePath" }) Assert.NotEmpty(page.Mistake(field));
        Assert.Equal("Robots", page.Value("Headline"));

        using var json = await ines.Http.PostAsync($"{Editing.New}?handler=Save", new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ines.GetAsync("/newsroom/articles/99999999999")).StatusCode);
        Assert.Empty(await site.AskAsync(db => db.Articles.ToListAsync()));
    }
}
