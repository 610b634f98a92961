using System.Net;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests;

public class RedirectTests
{
    [Theory, EachStore]
    public async Task After_two_moves_each_old_address_leads_to_the_present_one_in_one_step(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        await LeadAsync(site, "/2023/01/robots-swim", article);
        await LeadAsync(site, "/2023/02/robots-learn", article);

        Assert.Equal("301 /2024/09/robots-learn-to-swim", await site.Reader.AnswerAsync("/2023/01/robots-swim"));
        Assert.Equal("301 /2024/09/robots-learn-to-swim", await site.Reader.AnswerAsync("/2023/02/robots-learn"));
    }

    [Theory, EachStore]
    public async Task An_old_address_may_lead_anywhere(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.EditAsync(db =>
        {
            db.AddRange(new Redirect("/old-about", "/about"), new Redirect("/shop", "https://shop.example/"));
            return Task.CompletedTask;
        });

        Assert.Equal("301 /about", await site.Reader.AnswerAsync("/old-about"));
        Assert.Equal("301 https://shop.example/", await site.Reader.AnswerAsync("/shop"));
    }

    [Theory, EachStore]
    public async Task An_old_address_in_another_spelling_leads_there_too(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await LeadAsync(site, "/old-robots", await site.PublishAsync("Robots learn to swim"));

        Assert.Equal("301 /2024/09/robots-learn-to-swim", await site.Reader.AnswerAsync("/Old-Robots/"));
        Assert.Equal("301 /2024/09/robots-learn-to-swim", await site.Reader.AnswerAsync("/old-robots?utm_source=x"));
    }

    [Theory, EachStore]
    public async Task An_old_address_of_a_piece_that_is_not_public_leads_nowhere(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await LeadAsync(site, "/secret", await site.DraftAsync("A secret plan"));

        Assert.Equal("404", await site.Reader.AnswerAsync("/secret"));
    }

    [Theory, EachStore]
    public async Task A_living_page_never_gives_way_to_an_old_address(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await LeadAsync(site, "/about", await site.PublishAsync("Robots learn to swim"));

        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/about"));
    }

    [Theory, EachStore]
    public async Task A_redirect_made_after_a_404_works_at_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        Assert.Equal("404", await site.Reader.AnswerAsync("/old-robots"));

        await LeadAsync(site, "/old-robots", article);

        Assert.Equal("301 /2024/09/robots-learn-to-swim", await site.Reader.AnswerAsync("/old-robots"));
    }

    private static Task LeadAsync(NewsSite site, string from, Article article) =>
        site.EditAsync(async db => db.Add(new Redirect(from, await db.Articles.SingleAsync(a => a.Id == article.Id))));
}
