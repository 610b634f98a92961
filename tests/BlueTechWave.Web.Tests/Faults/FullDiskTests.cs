using System.Net;
using System.Security.Cryptography;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Tests.Comments;
using BlueTechWave.Web.Tests.Newsroom;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Faults;

/// <summary>No byte more goes onto the disk on which the store and the pictures are: really, on one of the test's own.</summary>
public class FullDiskTests
{
    // PostgreSQL opens no new line on a full disk: whether what is only read comes too, or a 503, hangs there on how many were open.
    [Theory]
    [InlineData(Store.Sqlite)]
    public async Task On_a_full_disk_nothing_is_acknowledged_what_was_typed_comes_back_readers_read_on_and_all_goes_on_once_there_is_room(Store store)
    {
        await using var disk = SmallDisk.Mount();
        var connection = await Shelves.TakeAsync(store, disk);
        try
        {
            await using var site = await NewsSite.OpenLeftAsync(store, connection, disk.Folder, "Comments:LeastSeconds=0");
            using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
            noor.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
            var article = await site.PublishAsync("Robots learn to swim");
            var (path, id, words) = (NewsSite.AddressOf(article), await noor.BeginAsync("Cable cut"), Incompressible(100_000));
            var typed = await noor.OpenAsync(id);
            string[] pages = ["/", path, "/feed", "/category/ai"];
            foreach (var page in pages)
                for (var tries = 0; !await site.Reader.IsCachedAsync(page); tries++) Assert.True(tries < 20, $"{page} is never kept.");
            Dictionary<string, string> comment = new() { ["name"] = "Ada Reader", ["email"] = "ada@reader.example", ["body"] = Incompressible(4_000), ["stamp"] = await site.StampAsync(article), ["parent"] = "0" };
            // Room that was used once and is free again is room.
            if (store == Store.Sqlite) await site.AskAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)"));

            disk.Fill();
            List<KeyValuePair<string, string>> again;
            using (var refused = await noor.SendAsync(id, "Save", typed, ("Body", words))) again = [.. Colleague.Filled(await RefusedAsync(refused))];
            Assert.Equal(words, again.Single(f => f.Key.EndsWith("Body", StringComparison.Ordinal)).Value);
            using (var refused = await site.SendAsync(path + "/comments", comment))
                Assert.Equal(comment["body"], ((IHtmlTextAreaElement)(await RefusedAsync(refused)).QuerySelector("textarea[name=body]")!).Value);
            using (var refused = await noor.BringAsync(("mast.jpg", Photograph.Jpeg(240, 160, 1)))) await RefusedAsync(refused);
            foreach (var page in pages) Assert.True(await site.Reader.IsCachedAsync(page), page);
            Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/category/fintech"));
            await noor.ReadAsync("/newsroom");

            disk.MakeRoom();
            Assert.Empty(site.Files());
            Assert.Equal((0, 0), (await site.AskAsync(db => db.Comments.CountAsync()), await site.AskAsync(db => db.Pictures.CountAsync())));
            using (var saved = await noor.Http.PostAsync($"{Editing.AddressOf(id)}?handler=Save", new FormUrlEncodedContent(again))) Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
            Assert.Equal(words, (await site.ArticleAsync(id)).Body);
            using (var taken = await site.SendAsync(path + "/comments", comment)) Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
            using (var brought = await noor.BringAsync(("mast.jpg", Photograph.Jpeg(240, 160, 1)))) Assert.Equal(HttpStatusCode.SeeOther, brought.StatusCode);
        }
        finally
        {
            await Shelves.ReturnAsync(store, connection);
        }
    }

    /// <summary>Words that no store makes smaller.</summary>
    private static string Incompressible(int length) =>
        string.Join(' ', Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(length)).Chunk(9).Select(word => new string(word)))[..length].Trim();

    /// <returns>The form with what was sent.</returns>
    private static async Task<IHtmlFormElement> RefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 300), (answer.StatusCode, answer.Headers.RetryAfter?.Delta?.TotalSeconds));
        var page = await answer.PageAsync();
        Assert.Equal("Not saved: there is no room left", page.QuerySelector("h1")!.TextContent);
        return page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().FirstOrDefault(f => f.Method == "post")!;
    }
}
