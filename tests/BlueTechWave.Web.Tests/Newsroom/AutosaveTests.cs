using System.Net;
using System.Text.Json;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Writing;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>What is typed and not yet saved: kept by the server, given back, and gone once it is saved or thrown away.</summary>
public class AutosaveTests
{
    [Theory, EachStore]
    public async Task What_is_typed_comes_back_after_a_crash_in_any_window_and_goes_when_it_is_saved(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim");
        var form = await ines.OpenAsync(id);
        site.Clock.Advance(TimeSpan.FromMinutes(2));

        var said = await ines.AutosaveAsync(id, form, ("sequence", "1"), ("Body", "Typed, not saved."), ("Tags", "Robots"));
        Assert.Equal("09.32", said.GetProperty("at").GetString());
        Assert.NotEqual("Typed, not saved.", (await site.ArticleAsync(id)).Body);

        site.Clock.Advance(TimeSpan.FromMinutes(2));
        var page = await ines.ReadAsync(Editing.AddressOf(id));
        Assert.Equal(("Typed, not saved.", "Robots"), (page.Value("Body"), page.Value("Tags")));
        Assert.Contains("Your unsaved changes of 09.32 are back", page.QuerySelector("[data-restored]")!.TextContent);

        await ines.PressAsync(id, "Save draft");
        Assert.Equal("Typed, not saved.", (await site.ArticleAsync(id)).Body);
        Assert.Null((await ines.ReadAsync(Editing.AddressOf(id))).QuerySelector("[data-restored]"));
        Assert.DoesNotContain(await CopiesAsync(site, id), c => !c.IsClosed);
    }

    [Theory, EachStore]
    public async Task Discarded_changes_do_not_come_back(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim", ("Body", "As saved."));
        await ines.AutosaveAsync(id, await ines.OpenAsync(id), ("sequence", "1"), ("Body", "A bad idea."));

        await ines.PressAsync(id, "Discard them");

        Assert.Equal("As saved.", (await ines.ReadAsync(Editing.AddressOf(id))).Value("Body"));
    }

    [Fact]
    public async Task Two_hundred_autosaves_are_one_line_of_the_history_and_one_row()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim");
        var form = await ines.OpenAsync(id);

        for (var i = 1; i <= 200; i++) await ines.AutosaveAsync(id, form, ("sequence", $"{i}"), ("Body", $"Word {i}."));

        Assert.Equal("Word 200.", Assert.Single(await CopiesAsync(site, id), c => !c.IsClosed).Text.Body);
        Assert.Single((await site.ArticleAsync(id)).Revisions);
        using var saved = await ines.SendAsync(id, "Save", form, ("Body", "Word 200."));
        Assert.Equal(2, (await site.ArticleAsync(id)).Revisions.Count);
    }

    [Theory, EachStore]
    public async Task An_autosave_that_arrives_late_overwrites_nothing(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim");
        var form = await ines.OpenAsync(id);

        Assert.True((await ines.AutosaveAsync(id, form, ("sequence", "7"), ("Body", "Later."))).GetProperty("kept").GetBoolean());
        var late = await ines.AutosaveAsync(id, form, ("sequence", "6"), ("Body", "Earlier."));
        Assert.Equal((false, 7), (late.GetProperty("kept").GetBoolean(), late.GetProperty("sequence").GetInt32()));
        Assert.Equal("Later.", (await ines.ReadAsync(Editing.AddressOf(id))).Value("Body"));

        using var saved = await ines.SendAsync(id, "Save", form, ("Body", "Saved."));
        Assert.True((await ines.AutosaveAsync(id, form, ("sequence", "8"), ("Body", "Still on its way."))).GetProperty("closed").GetBoolean());
        Assert.Equal("Saved.", (await ines.ReadAsync(Editing.AddressOf(id))).Value("Body"));
    }

    [Theory, EachStore]
    public async Task The_first_autosave_begins_the_article_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var form = await ines.OpenAsync(0);

        var first = await ines.AutosaveAsync(0, form, ("sequence", "1"), ("Headline", "Robots"));
        var again = await ines.AutosaveAsync(0, form, ("sequence", "2"), ("Headline", "Robots learn"));
        var id = first.GetProperty("id").GetInt32();
        Assert.Equal((id, $"/newsroom/articles/{id}"), (again.GetProperty("id").GetInt32(), again.GetProperty("address").GetString()));
        using (var answer = await ines.SendAsync(0, "Submit", form, ("Headline", "Robots learn to swim")))
            Assert.Equal($"/newsroom/articles/{id}", answer.Headers.Location?.OriginalString);

        var article = await site.AskAsync(db => db.Articles.SingleAsync());
        Assert.Equal(("Robots learn to swim", ArticleStatus.InReview, ines.Account.Id), (article.Headline, article.Status, article.WriterId));
    }

    [Fact]
    public async Task Even_what_could_not_be_saved_is_kept()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");

        var said = await ines.AutosaveAsync(0, await ines.OpenAsync(0), ("sequence", "1"), ("Headline", new string('a', 500)), ("Body", "Kept."));

        var page = await ines.ReadAsync(said.GetProperty("address").GetString()!);
        Assert.Equal((new string('a', 500), "Kept."), (page.Value("Headline"), page.Value("Body")));
    }

    [Theory, EachStore]
    public async Task Two_windows_keep_their_own_words_and_neither_loses_any(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim", ("Body", "First.\n\nLast."));
        var (left, right) = (await ines.OpenAsync(id), await ines.OpenAsync(id));
        await ines.AutosaveAsync(id, left, ("sequence", "1"), ("Body", "First, left.\n\nLast."));
        site.Clock.Advance(TimeSpan.FromSeconds(3));
        await ines.AutosaveAsync(id, right, ("sequence", "1"), ("Body", "First.\n\nLast, right."));

        Assert.Equal("First.\n\nLast, right.", (await ines.ReadAsync(Editing.AddressOf(id))).Value("Body"));
        await ines.PressAsync(id, "Save draft");
        Assert.Equal("First, left.\n\nLast.", (await ines.ReadAsync(Editing.AddressOf(id))).Value("Body"));
        await ines.PressAsync(id, "Save draft");

        Assert.Equal("First, left.\n\nLast, right.", (await site.ArticleAsync(id)).Body);
        Assert.Null((await ines.ReadAsync(Editing.AddressOf(id))).QuerySelector("[data-restored]"));
    }

    [Fact]
    public async Task What_was_restored_and_typed_on_is_restored_once()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim");
        await ines.AutosaveAsync(id, await ines.OpenAsync(id), ("sequence", "1"), ("Body", "Before the crash."));
        await ines.AutosaveAsync(id, await ines.OpenAsync(id), ("sequence", "1"), ("Body", "Before the crash. After it."));

        await ines.PressAsync(id, "Save draft");

        Assert.Null((await ines.ReadAsync(Editing.AddressOf(id))).QuerySelector("[data-restored]"));
        Assert.Equal("Before the crash. After it.", (await site.ArticleAsync(id)).Body);
    }

    [Fact]
    public async Task Nobody_sees_what_another_has_not_saved()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await ines.BeginAsync("Robots learn to swim");
        await ines.AutosaveAsync(id, await ines.OpenAsync(id), ("sequence", "1"), ("Body", "Not for you yet."));

        Assert.DoesNotContain("Not for you yet.", (await noor.ReadAsync(Editing.AddressOf(id))).Value("Body"));
    }

    [Fact]
    public async Task An_autosave_costs_few_queries()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots");
        var form = await ines.OpenAsync(id);
        await ines.AutosaveAsync(id, form, ("sequence", "1"), ("Body", "One."));

        var queries = await site.Queries.OfAsync(() => ines.AutosaveAsync(id, form, ("sequence", "2"), ("Body", "Two.")));

        Assert.InRange(queries.Count, 1, 7);
        Assert.DoesNotContain(queries, q => q.Sql.Contains(".\"Body\"", StringComparison.Ordinal));
    }

    [Theory, EachStore]
    public async Task Who_else_is_here_is_seen_and_gone_half_a_minute_later(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await ines.BeginAsync("Robots");
        var (hers, mine) = (await noor.OpenAsync(id), await ines.OpenAsync(id));

        await HereAsync(noor, hers);
        Assert.Equal("Noor Haddad", Assert.Single((await HereAsync(ines, mine)).GetProperty("here").EnumerateArray()).GetString());
        Assert.Equal("Noor Haddad is here too", (await ines.ReadAsync(Editing.AddressOf(id))).QuerySelector("[data-here]")!.TextContent);

        using var saved = await noor.SendAsync(id, "Save", hers, ("Summary", "Robots swim."));
        var newer = (await HereAsync(ines, mine)).GetProperty("newer");
        Assert.Equal(("Noor Haddad", "09.30"), (newer.GetProperty("by").GetString(), newer.GetProperty("at").GetString()));

        site.Clock.Advance(Presence.Lasts);
        Assert.Empty((await HereAsync(ines, mine)).GetProperty("here").EnumerateArray());

        async Task<JsonElement> HereAsync(Colleague who, List<KeyValuePair<string, string>> form)
        {
            using var answer = await who.SendAsync(id, "Here", form);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync())).RootElement.Clone();
        }
    }

    private static Task<List<WorkingCopy>> CopiesAsync(NewsSite site, int id) =>
        site.AskAsync(db => db.WorkingCopies.Where(c => c.ArticleId == id).ToListAsync());
}
