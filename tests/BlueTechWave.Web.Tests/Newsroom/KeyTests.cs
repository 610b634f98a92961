using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Api;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>Keys that the newsroom gives to programs of others.</summary>
public class KeyTests
{
    private const string Keys = "/newsroom/settings/keys";

    [Theory, EachStore]
    public async Task A_key_is_shown_once_opens_and_is_not_in_the_store(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");

        using var answer = await owner.PostAsync(Keys, new() { ["name"] = "  Harbour app " });
        var key = (await answer.PageAsync()).QuerySelector("#made")!.GetAttribute("value")!;

        Assert.True(ApiKey.IsOne(key));
        Assert.Equal("no-cache, no-store", answer.Headers.CacheControl!.ToString().Replace("no-store, no-cache", "no-cache, no-store", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusOfAsync("/api/v1/articles", key));
        var list = await owner.ReadAsync(Keys);
        Assert.DoesNotContain(key, list.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal("Harbour app", list.QuerySelector("tbody th")!.TextContent);
        Assert.Equal(key[..12], list.QuerySelector("tbody code")!.TextContent);
        var kept = await site.AskAsync(db => db.ApiKeys.SingleAsync());
        Assert.Equal((ApiKey.HashOf(key), key[..12], "Hanna Virtanen"), (kept.Hash, kept.Beginning, kept.By));
        var told = Assert.Single(await site.AuditAsync(e => e.Subject == "API key"));
        Assert.Equal(("Added", "Harbour app", owner.Account.Id), (told.Act, told.Name, told.AccountId));
        Assert.DoesNotContain(key[12..], told.Detail, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_revoked_key_opens_nothing_at_once_and_the_log_says_who_took_it_back(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var key = await site.KeyAsync();
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusOfAsync("/api/v1/articles", key));
        var revoke = (await owner.ReadAsync(Keys)).QuerySelector("tbody a")!.GetAttribute("href")!;
        Assert.Contains("Harbour app", (await owner.ReadAsync(revoke)).QuerySelector("h1")!.TextContent);

        using var answer = await owner.PostAsync(revoke, []);

        Assert.Equal(Keys, answer.Headers.Location!.OriginalString);
        Assert.Equal("401 bad-key", await site.Reader.ProblemAsync("/api/v1/articles", key));
        Assert.Contains("Revoked", (await owner.ReadAsync(Keys)).QuerySelector("tbody .chip")!.TextContent);
        var told = Assert.Single(await site.AuditAsync(e => e.Subject == "API key" && e.Act == "Revoked"));
        Assert.Equal(("Harbour app", owner.Account.Id), (told.Name, told.AccountId));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(revoke)).StatusCode);
    }

    [Theory, EachStore]
    public async Task What_is_asked_today_is_seen_at_once_and_written_down_by_the_hour(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var key = await site.KeyAsync();
        Assert.Equal("Never 0", await UseAsync());
        await site.Reader.StatusOfAsync("/api/v1/articles", key);

        var queries = await site.Queries.OfAsync(async () =>
        {
            for (var i = 0; i < 4; i++) await site.Reader.StatusOfAsync("/api/v1/articles", key);
        });

        Assert.DoesNotContain(queries, q => q.Sql.Contains("UPDATE", StringComparison.Ordinal));
        Assert.Equal("Sep 25, 2024 5", await UseAsync());
        Assert.Null((await site.AskAsync(db => db.ApiKeys.AsNoTracking().SingleAsync())).UsedOn);
        await site.Services.GetRequiredService<KeyKeeping>().KeepAsync();
        await site.Reader.StatusOfAsync("/api/v1/articles", key);
        Assert.Equal("Sep 25, 2024 6", await UseAsync());
        await site.Services.GetRequiredService<KeyKeeping>().KeepAsync();
        Assert.Equal(6, (await site.AskAsync(db => db.ApiKeys.AsNoTracking().SingleAsync())).Requests);

        site.Clock.Advance(TimeSpan.FromDays(1));
        using var again = await Colleague.ArriveAsync(site, Role.Owner, "Noor Haddad");
        Assert.Equal("Sep 25, 2024 0", await UseAsync(again));
        await site.Reader.StatusOfAsync("/api/v1/articles", key);
        await site.Services.GetRequiredService<KeyKeeping>().KeepAsync();
        Assert.Equal("Sep 26, 2024 1", await UseAsync(again));
        Assert.Empty(await site.AuditAsync(e => e.Subject == "API key" && e.Act == "Changed"));

        async Task<string> UseAsync(Colleague? who = null)
        {
            var row = (await (who ?? owner).ReadAsync(Keys)).QuerySelector("tbody tr")!;
            return $"{row.QuerySelector("[data-label='Last used']")!.TextContent} {row.QuerySelector("[data-label='Requests today']")!.TextContent}";
        }
    }

    [Theory, EachStore]
    public async Task Many_keys_come_in_pages_and_one_without_a_name_is_not_made(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await site.EditAsync(db =>
        {
            for (var i = 1; i <= 60; i++) db.ApiKeys.Add(new(ApiKey.Make(), $"App {i}", "Hanna Virtanen", site.Now));
            return Task.CompletedTask;
        });

        Assert.Equal(50, (await owner.ReadAsync(Keys)).QuerySelectorAll("tbody tr").Length);
        Assert.Equal(10, (await owner.ReadAsync($"{Keys}?page=2")).QuerySelectorAll("tbody tr").Length);
        foreach (var name in new[] { "", "   ", new string('a', ApiKey.NameLength + 1) })
        {
            using var answer = await owner.PostAsync(Keys, new() { ["name"] = name });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.NotNull((await answer.PageAsync()).QuerySelector("#name-error"));
        }

        Assert.Equal(60, await site.AskAsync(db => db.ApiKeys.CountAsync()));
    }
}
