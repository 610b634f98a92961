using System.Net;
using System.Text.Json;
using BlueTechWave.Core.Articles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Tests.Heralds;

/// <summary>Search engines that ask for it hear which addresses have changed.</summary>
public class IndexNowTests
{
    private const string Root = "https://btw.example";
    private const string Key = "7c1e4a55-our-own-key";

    [Theory, EachStore]
    public async Task Search_engines_are_told_what_is_new_changed_and_withdrawn(Store store)
    {
        await using var engine = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(store, engine);

        var article = await site.PublishAsync("Robots learn to swim");
        var published = await engine.NextAsync();
        await site.ChangeAsync(article, a => a.Correct("It was Tuesday.", site.Now));
        var corrected = await engine.NextAsync();
        await site.WithdrawAsync(article);
        var withdrawn = await engine.NextAsync();
        await site.EditAsync(async db => (await db.Pages.SingleAsync(p => p.Slug == "about")).Write("About us", "", "We are three.", null));
        var page = await engine.NextAsync();

        Assert.All([published, corrected, withdrawn], message =>
        {
            var told = JsonDocument.Parse(message.Body).RootElement;
            Assert.StartsWith("application/json", message.ContentType, StringComparison.Ordinal);
            Assert.Equal(("btw.example", Key, $"{Root}/{Key}.txt"), (told.GetProperty("host").GetString(), told.GetProperty("key").GetString(), told.GetProperty("keyLocation").GetString()));
            Assert.Equal([$"{Root}/2024/09/robots-learn-to-swim"], Addresses(message));
        });
        Assert.Equal([$"{Root}/about"], Addresses(page));
    }

    [Theory, EachStore]
    public async Task Drafts_scheduled_pieces_and_edits_of_what_is_withdrawn_stay_in_the_house(Store store)
    {
        await using var engine = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(store, engine);
        var gone = await site.PublishAsync("Robots learn to lie");
        await engine.NextAsync();
        await site.WithdrawAsync(gone);
        await engine.NextAsync();

        await site.DraftAsync("Nobody knows yet");
        await site.ScheduleAsync("Nor this", site.Now.AddHours(1));
        await site.HeadlineAsync(gone, "Robots learned nothing");
        await site.EditAsync(async db => (await db.Pages.SingleAsync(p => p.Slug == "about")).Write("About us", "", "We are three.", null));

        Assert.Equal([$"{Root}/about"], Addresses(await engine.NextAsync()));
    }

    [Fact]
    public async Task Many_addresses_are_one_message()
    {
        await using var engine = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(Store.Sqlite, engine);

        await site.PublishManyAsync(60);

        Assert.Equal(60, Addresses(await engine.NextAsync()).Count);
    }

    [Fact]
    public async Task The_key_is_where_it_is_said_to_be_and_without_one_nothing_is()
    {
        await using var engine = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(Store.Sqlite, engine);
        await using var without = await NewsSite.OpenAsync();

        Assert.Equal(Key, await site.Reader.TextAsync($"/{Key}.txt"));
        Assert.Equal(HttpStatusCode.NotFound, await without.Reader.StatusAsync($"/{Key}.txt"));
    }

    [Theory]
    [InlineData("WebSub:Hub must be a whole web address, for example https://hub.example/.", "Site:BaseUrl=https://btw.example", "WebSub:Hub=hub.example")]
    [InlineData("WebSub:Hub must be a whole web address, for example https://hub.example/.", "Site:BaseUrl=https://btw.example", "WebSub:Hub=file:///etc/passwd")]
    [InlineData("Site:BaseUrl must be set where WebSub:Hub is: a hub is told whole addresses.", "WebSub:Hub=https://hub.example/")]
    [InlineData("IndexNow:Key must be 8 to 128 lower-case letters, digits and hyphens.", "Site:BaseUrl=https://btw.example", "IndexNow:Key={short}")]
    [InlineData("Site:BaseUrl must be set where IndexNow:Key is: search engines are told whole addresses.", "IndexNow:Key=0123456789abcdef")]
    [InlineData("IndexNow:Endpoint must be a whole web address, for example https://api.indexnow.org/indexnow.", "Site:BaseUrl=https://btw.example", "IndexNow:Key=0123456789abcdef", "IndexNow:Endpoint=/indexnow")]
    public async Task A_wrong_setting_stops_the_start_with_a_line_that_names_it(string line, params string[] settings)
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => NewsSite.OpenAsync(Store.Sqlite, settings));

        Assert.Contains(wrong.Failures, failure => failure.EndsWith(line, StringComparison.Ordinal));
    }

    private static Task<NewsSite> OpenAsync(Store store, Elsewhere engine) =>
        NewsSite.OpenAsync(store, $"Site:BaseUrl={Root}", $"IndexNow:Key={Key}", $"IndexNow:Endpoint={engine.Address}");

    private static List<string> Addresses(Message message) =>
        [.. JsonDocument.Parse(message.Body).RootElement.GetProperty("urlList").EnumerateArray().Select(u => u.GetString()!)];
}
