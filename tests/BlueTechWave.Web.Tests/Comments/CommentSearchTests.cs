using AngleSharp.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Comments;

/// <summary>What editors type to find a comment again.</summary>
public class CommentSearchTests
{
    private const string Desk = "/newsroom/comments";

    [Theory, EachStore]
    public async Task A_comment_is_found_by_its_words_and_its_writer_whatever_their_order_case_and_accents(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        await SayAsync(site, article, "Ján Novotný", "The harbour’s *cables* were re-laid by Telefónica in O2’s ducts: see https://pills.example/offer.");
        await SayAsync(site, article, "Ada Reader", "Nothing of the kind was laid.");

        foreach (var typed in new[]
        {
            "harbour", "CABLES harbour", "cab har", "telefonica", "TELEFÓNICA", "Telefo\u0301nica", "novotny", "Jan Novotn", "o2", "re-laid", "pills.example", "https://pills.example/offer", "“cables”, were", "laid cables",
        })
            Assert.Equal(["Ján Novotný"], await WritersAsync(noor, typed));

        Assert.Equal(["Ján Novotný", "Ada Reader"], await WritersAsync(noor, "laid"));
        Assert.Equal(["Ada Reader", "Ján Novotný"], await WritersAsync(noor, "laid", "&order=newest"));
        // Every word has to be there; a beginning is one from three letters on, and an end is none.
        foreach (var typed in new[] { "harbour nothing", "harbours", "ha", "ables", "zzqq" }) Assert.Empty(await WritersAsync(noor, typed));
    }

    [Theory, EachStore]
    public async Task Nothing_that_is_typed_is_an_order_to_the_store(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        await SayAsync(site, article, "Ada Reader", "Fish and chips, or a pie? NOT near here: 100% of it's gone.");
        await SayAsync(site, article, "Bo Reader", "Words : of another kind \\ entirely");

        foreach (var typed in new[] { "fish AND chips", "NOT near", "\"fish\"", "fish*", "fish:*", "fish & chips", "fish | pie", "!fish", "(fish", "it's", "100%", "fish\\", "'fish'", "fish -pie", "NEAR(fish here)", "{fish} ^pie", "fish && --" })
            Assert.Equal(["Ada Reader"], await WritersAsync(noor, typed));

        // The words by which piles are told apart cannot be typed.
        foreach (var typed in new[] { "\uE0020", "\uE0021 fish", "&", "\"", "😀", "\uD800", "\0", new string('x', 300), "_", "%" }) Assert.Empty(await WritersAsync(noor, typed));
    }

    [Theory, EachStore]
    public async Task Words_are_looked_for_where_the_comment_lies_now_and_as_it_reads_now(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        var comment = await SayAsync(site, article, "Ada Reader", "I saw the harbour.");
        Assert.Equal(["pending"], await PilesAsync("harbour"));

        await noor.PostAsync(Desk, [], "Approve");
        Assert.Equal(["approved"], await PilesAsync("harbour"));
        await site.SendAsync($"{NewsSite.AddressOf(article)}/comments/{comment.Id}/report", new() { ["reason"] = "1" });
        Assert.Equal(["reported", "approved"], await PilesAsync("harbour"));
        await noor.PostAsync($"{Desk}/{comment.Id}", new() { ["body"] = "I saw the lighthouse." }, "Save its words");
        Assert.Empty(await PilesAsync("harbour"));
        Assert.Equal(["reported", "approved"], await PilesAsync("lighthouse"));
        await noor.PostAsync(Desk + "?queue=reported", [], "Spam");
        await noor.PostAsync(Desk, [], "Undo");
        Assert.Equal(["reported", "approved"], await PilesAsync("lighthouse"));
        await noor.PostAsync(Desk + "?queue=reported", [], "Spam");
        Assert.Equal(["spam"], await PilesAsync("lighthouse"));

        await SayAsync(site, article, "Bo Reader", "So did I, the lighthouse.", comment);
        await site.EditAsync(db => ReaderRecord.EraseAsync(db, "ada@reader.example"));
        Assert.Empty(await PilesAsync("ada"));
        Assert.Equal(["pending"], await PilesAsync("lighthouse"));
        await site.EditAsync(db => ReaderRecord.EraseAsync(db, "bo@reader.example"));
        Assert.Empty(await PilesAsync("lighthouse"));

        async Task<List<string>> PilesAsync(string words)
        {
            List<string> piles = [];
            foreach (var pile in new[] { "pending", "reported", "approved", "rejected", "spam" })
                if ((await WritersAsync(noor, words, $"&queue={pile}")).Count > 0) piles.Add(pile);
            return piles;
        }
    }

    [Theory, EachStore]
    public async Task Words_and_everything_else_that_is_asked_hold_together_in_one_question_more(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (swim, sue) = (await site.PublishAsync("Robots learn to swim"), await site.PublishAsync("Robots learn to sue"));
        await site.EditAsync(db =>
        {
            for (var i = 0; i < 60; i++)
            {
                var comment = new Comment(i % 2 == 0 ? swim.Id : sue.Id, $"Reader {i}", $"r{i}@reader.example", i < 40 ? "about a harbour" : "about a hill", site.Now.AddDays(-i));
                comment.Receive(new(CommentState.Pending, "", i / 100.0), "192.0.2.1", site.Now);
                db.Add(comment);
            }

            return Task.CompletedTask;
        });

        Assert.Equal(["Reader 25", "Reader 26", "Reader 27"], (await WritersAsync(noor, "harbour", "&page=2"))[..3]);
        Assert.Equal(["Reader 36", "Reader 38"], await WritersAsync(noor, "harbour", $"&article={swim.Id}&score=35"));
        Assert.Equal(["Reader 39", "Reader 38"], (await WritersAsync(noor, "harbour", "&order=score"))[..2]);
        Assert.Equal(["Reader 0", "Reader 1"], await WritersAsync(noor, "harbour", $"&from={site.Now.AddDays(-1):yyyy-MM-dd}"));
        // One more, for where the pile begins.
        Assert.Equal(await CountAsync("") + 1, await CountAsync("?q=harbour"));
        Assert.Equal(await CountAsync("") + 1, await CountAsync("?q=harbour+reader&order=score&score=1"));

        async Task<int> CountAsync(string asked) => (await site.Queries.OfAsync(() => noor.GetAsync(Desk + asked))).Count;
    }

    [Theory, EachStore]
    public async Task Comments_of_a_store_of_before_become_findable_beside_the_work(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        await site.EditAsync(db =>
        {
            for (var i = 0; i < 1_200; i++) db.Add(new Comment(article.Id, "Ada Reader", "ada@reader.example", $"The harbour, number{i}.", site.Now.AddMinutes(i)));
            return Task.CompletedTask;
        });
        await site.AskAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM \"SearchComments\"", TestContext.Current.CancellationToken));
        Assert.Empty(await WritersAsync(noor, "harbour"));

        // What is saved before its turn comes is found at once.
        await SayAsync(site, article, "Bo Reader", "The harbour is mine.");
        Assert.Equal(["Bo Reader"], await WritersAsync(noor, "harbour"));
        var indexing = site.Services.GetRequiredService<CommentIndexing>();
        await indexing.FillAsync(TestContext.Current.CancellationToken);
        foreach (var word in new[] { "number0", "number1199", "harbour mine" }) Assert.Single(await WritersAsync(noor, word));
        Assert.False(indexing.IsUnderWay);
        Assert.Single(await site.Queries.OfAsync(() => indexing.FillAsync(TestContext.Current.CancellationToken)));
    }

    private static async Task<Comment> SayAsync(NewsSite site, Article article, string name, string body, Comment? under = null)
    {
        Comment comment = null!;
        await site.EditAsync(async db =>
        {
            comment = new(article.Id, name, $"{name.Split(' ')[0]}@reader.example", body, site.Now, under is null ? null : await db.Comments.SingleAsync(c => c.Id == under.Id));
            db.Add(comment);
        });
        return comment;
    }

    private static async Task<List<string>> WritersAsync(Colleague who, string words, string more = "") =>
        [.. (await who.ReadAsync($"{Desk}?q={Uri.EscapeDataString(words)}{more}")).QuerySelectorAll(".comment header b").Select(w => w.TextContent.Trim())];
}
