using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests;

/// <summary>What holds for every kind of page the paper has.</summary>
public class EveryPageTests(Newsstand newsstand)
{
    private const string Mexico = "/2024/09/microsoft-invests-1-3b-in-mexicos-cloud-computing-and-ai-infrastructure";
    private const string Withdrawn = "heat-as-a-product-the-nordic-hall-that-warms-a-town";

    public static TheoryData<string, string> Kinds => new()
    {
        { "home", "/" },
        { "more from home", "/page/2" },
        { "an article", Mexico },
        { "an article with a table and a long discussion", "/2025/04/we-asked-64-small-networks-what-keeps-them-on-ipv4" },
        { "an article with the form under a comment", "/2025/04/we-asked-64-small-networks-what-keeps-them-on-ipv4?replyto=FIRST" },
        { "a discussion, newest first", "/2025/04/we-asked-64-small-networks-what-keeps-them-on-ipv4?order=newest" },
        { "reporting a comment", "/2025/04/we-asked-64-small-networks-what-keeps-them-on-ipv4/comments/FIRST/report" },
        { "following a discussion", "/2025/04/we-asked-64-small-networks-what-keeps-them-on-ipv4/comments/follow" },
        { "what is stored of a reader", "/comments/yours" },
        { "no more letters", "/comments/stop" },
        { "an article with a film", "/2024/03/film-four-breaks-off-abidjan" },
        { "an article with code", "/2023/10/http2-rapid-reset-disclosed" },
        { "an article with a footnote", "/2024/06/data-centre-heat-reuse-german-law" },
        { "an article after a comment", Mexico + "?sent=1" },
        { "a category with children", "/category/fintech" },
        { "a category without children", "/category/internet-governance/regulation" },
        { "partner content", "/category/company-stories/partner-content" },
        { "a tag", "/tag/microsoft" },
        { "an author", "/author/daniel-okoro" },
        { "a year", "/2024" },
        { "a month", "/2024/09" },
        { "the archives", "/archives" },
        { "how programs read", "/api" },
        { "search, nothing asked", "/search" },
        { "search, with results", "/search?q=cable" },
        { "search, without results", "/search?q=zzqq" },
        { "search, with mistakes", "/search?q=cable&from=never" },
        { "about", "/about" },
        { "cookies", "/cookies" },
        { "contact", "/contact" },
        { "a missing page", "/no-such-page" },
        { "a withdrawn article", Withdrawn },
        { "an error", "/error/500" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_page_is_accessible_quiet_and_fits(string kind, string address)
    {
        await using var reader = await newsstand.ReaderAsync();
        await OpenAsync(reader, address);
        await FindNothingWrongAsync(reader, kind);
    }

    [Fact]
    public async Task A_contact_form_with_mistakes_is_accessible_quiet_and_fits()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/contact");
        await reader.Button("Send message").ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".error")).ToHaveCountAsync(3);

        await FindNothingWrongAsync(reader, "contact with mistakes");
    }

    [Theory]
    [InlineData("Menu", "menu")]
    [InlineData("Search", "search")]
    public async Task What_opens_over_a_page_is_accessible_and_fits(string button, string overlay)
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/");
        await reader.Button(button).ClickAsync();
        await Assertions.Expect(reader.Page.Locator($"#{overlay}")).ToBeVisibleAsync();

        await FindNothingWrongAsync(reader, overlay);
    }

    [Theory]
    [InlineData(Mexico, 1280)]
    [InlineData(Mexico, 390)]
    [InlineData("/2025/04/we-asked-64-small-networks-what-keeps-them-on-ipv4", 1280)]
    [InlineData("/2025/04/we-asked-64-small-networks-what-keeps-them-on-ipv4", 390)]
    [InlineData("/", 1280)]
    [InlineData("/", 390)]
    public async Task Nothing_on_a_page_moves_while_it_loads_or_is_scrolled(string address, int width)
    {
        await using var reader = await newsstand.ReaderAsync(width);
        // A font that comes late on a busy machine moves an icon by a hair: a twentieth of what counts as good is let pass.
        await reader.Context.AddInitScriptAsync(
            """
            window.shifts = [];
            new PerformanceObserver(list => { for (const e of list.getEntries()) if (e.value > 0.005) shifts.push(...e.sources.map(s => (s.node?.className ?? s.node?.nodeName) + ' ' + e.value)); })
              .observe({ type: 'layout-shift', buffered: true });
            """);
        await reader.GoAsync(address);
        await reader.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var height = await reader.AskAsync<int>("document.documentElement.scrollHeight");
        for (var y = 0; y < height; y += 800)
        {
            await reader.Page.Mouse.WheelAsync(0, 800);
            await reader.AskAsync<int>("new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(() => seen(0))))");
        }

        Assert.Empty(await reader.AskAsync<string[]>("shifts"));
    }

    private async Task OpenAsync(Reader reader, string address)
    {
        if (address == Withdrawn)
        {
            var answer = await reader.GoAsync(await newsstand.AddressOfAsync(Withdrawn));
            Assert.Equal(410, answer!.Status);
            return;
        }

        if (address.Contains("/FIRST/", StringComparison.Ordinal))
        {
            await reader.GoAsync(address[..address.IndexOf("/comments", StringComparison.Ordinal)]);
            address = address.Replace("FIRST", await reader.Page.Locator("[data-reply]").First.GetAttributeAsync("data-reply"), StringComparison.Ordinal);
        }

        if (address.EndsWith("FIRST", StringComparison.Ordinal))
        {
            await reader.GoAsync(address[..address.IndexOf('?', StringComparison.Ordinal)]);
            address = (await reader.Page.Locator("[data-reply]").First.GetAttributeAsync("href"))!;
            await reader.GoAsync(new Uri(new Uri(reader.Page.Url), address).AbsoluteUri);
            await Assertions.Expect(reader.Page.Locator(".thread .respond")).ToBeVisibleAsync();
            return;
        }

        await reader.GoAsync(address);
    }

    internal static async Task FindNothingWrongAsync(Reader reader, string kind)
    {
        await reader.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Equal(1, await reader.Page.Locator("h1").CountAsync());

        // 640 px is a window of 1280 at twice the zoom; 320 px the narrowest phone.
        foreach (var width in (int[])[640, 320, 390, 1280])
        {
            await reader.Page.SetViewportSizeAsync(width, 844);
            Assert.True(await reader.OverflowAsync() <= 0, $"{kind} scrolls sideways at {width} px");
        }

        foreach (var width in (int[])[1280, 390])
        {
            await reader.Page.SetViewportSizeAsync(width, 844);
            await reader.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await Axe.FindNothingAsync(reader.Page, Axe.Wcag, $"{kind}, light, {width} px");
            await reader.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await Axe.FindNothingAsync(reader.Page, Axe.Contrast, $"{kind}, dark, {width} px");
        }

        Assert.Empty(reader.Complaints);
    }
}
