using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlueTechWave.Browser.Tests;

/// <summary>Sharing an article, watching its film, writing to its author.</summary>
public class ArticleTests(Newsstand newsstand)
{
    private const string Mexico = "/2024/09/microsoft-invests-1-3b-in-mexicos-cloud-computing-and-ai-infrastructure";
    private const string Film = "/2024/03/film-four-breaks-off-abidjan";

    [Fact]
    public async Task Copy_link_copies_the_address_and_says_so()
    {
        await using var reader = await newsstand.ReaderAsync(permissions: ["clipboard-read", "clipboard-write"]);
        await reader.GoAsync(Mexico);
        await reader.Button("Copy link").ClickAsync();

        await Expect(reader.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Link copied");
        Assert.Equal($"{newsstand.Origin}{Mexico}", await reader.AskAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Sharing_works_by_plain_links_without_script()
    {
        await using var reader = await newsstand.ReaderAsync(script: false);
        await reader.GoAsync(Mexico);
        var share = reader.Page.GetByRole(AriaRole.List, new() { Name = "Share" });

        await Expect(share.GetByRole(AriaRole.Link)).ToHaveCountAsync(5);
        await Expect(share.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(share.GetByRole(AriaRole.Link, new() { Name = "Share by Email" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^mailto:\\?subject="));
    }

    [Fact]
    public async Task A_film_loads_nothing_from_elsewhere_until_it_is_asked_for()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.Context.RouteAsync(url => !url.StartsWith(newsstand.Origin, StringComparison.Ordinal), route => route.AbortAsync());
        await reader.GoAsync(Film);
        await reader.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Empty(reader.Complaints);
        await Expect(reader.Page.Locator("iframe")).ToHaveCountAsync(0);

        await reader.Page.Locator(".video-link").ClickAsync();
        var player = reader.Page.Locator("figure.video iframe");
        await Expect(player).ToHaveAttributeAsync("src", new System.Text.RegularExpressions.Regex("^https://www\\.youtube-nocookie\\.com/embed/"));
        await Expect(player).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("."));
        Assert.DoesNotContain(reader.Complaints, c => c.Contains("CSP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_script_a_film_is_a_link_to_where_it_is_kept()
    {
        await using var reader = await newsstand.ReaderAsync(script: false);
        await reader.GoAsync(Film);

        await Expect(reader.Page.Locator(".video-link")).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^https://www\\.youtube\\.com/watch"));
    }

    [Theory]
    [InlineData(Mexico)]
    [InlineData("/author/daniel-okoro")]
    public async Task A_tips_address_becomes_a_mail_link_by_script_only(string address)
    {
        await using var reader = await newsstand.ReaderAsync();
        var answer = await reader.GoAsync(address);
        Assert.DoesNotContain("mailto:", (await answer!.TextAsync()).Replace("mailto:?", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await Expect(reader.Page.Locator(".tips a")).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^mailto:[^@]+@[^@]+$"));

        await using var unscripted = await newsstand.ReaderAsync(script: false);
        await unscripted.GoAsync(address);
        await Expect(unscripted.Page.Locator(".tips")).ToContainTextAsync(" at ");
        await Expect(unscripted.Page.Locator(".tips a")).ToHaveCountAsync(0);
    }
}
