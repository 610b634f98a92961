using System.Diagnostics;
using BlueTechWave.Core.Accounts;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlueTechWave.Browser.Tests.Newsroom;

/// <summary>An editor's day at the desks: a piece is shown outside, published, pinned, corrected and taken down.</summary>
[Collection(nameof(DayTests))]
public class DayTests(Newsstand newsstand)
{
    /// <summary>The day it is where the paper is made.</summary>
    private static DateTime Today => TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).Date;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_editor_makes_a_days_paper(bool script)
    {
        var (guide, watch, night) = (Handbook.Of("For editors"), Stopwatch.StartNew(), script ? "by day" : "by night");
        var (headline, planned) = ($"A ferry learns to wait {night}", $"A harbour counts its cranes {night}");
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, $"Mara {(script ? "Day" : "Night")}", script: script);
        await using var reader = await newsstand.ReaderAsync(390, script: script);
        await guide.LookAsync(editor);

        // Planned: for an hour that clocks skip, for one that comes twice, and for tomorrow.
        var plan = await WriteAsync(editor, planned, script);
        var (spring, autumn) = (LastSunday(3), LastSunday(10));
        await ScheduleAsync(spring, "02:30");
        await Expect(editor.Page.Locator("#date-error")).ToContainTextAsync("does not exist on that day");
        await ScheduleAsync(autumn, "02:30");
        await guide.LookAsync(editor);
        // While it is asked which of the two, no one answer stands there.
        var hint = editor.Page.Locator("#when-hint");
        await Expect(hint).Not.ToContainTextAsync("UTC");
        await editor.Page.GetByRole(AriaRole.Group, new() { Name = guide["Which of the two?"] }).GetByLabel("The second, 01:30 UTC").CheckAsync();
        await ScheduleAsync(autumn, "02:30");
        await Expect(hint).ToContainTextAsync($"{autumn:yyyy-MM-dd} 01:30 UTC");
        Assert.Equal(2, (await hint.TextContentAsync())!.Split("UTC").Length);
        var tomorrow = Today.AddDays(1);
        await ScheduleAsync(tomorrow, "07:00");
        await Expect(editor.Page.Locator(".chip")).ToHaveTextAsync("Scheduled");

        // Shown to somebody outside, and published.
        var desk = await WriteAsync(editor, headline, script);
        await ClickAsync(AriaRole.Link, guide["Preview links for people outside"]);
        await editor.Field("For").FillAsync("The ferry’s captain");
        await ClickAsync(AriaRole.Button, guide["Make a link"]);
        await reader.GoAsync(new Uri(await editor.Field("Address").InputValueAsync()).PathAndQuery);
        await Expect(reader.Page.GetByText("A preview for The ferry’s captain")).ToBeVisibleAsync();
        await Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(headline);
        await guide.LookAsync(editor);
        await editor.GoAsync(desk);
        await editor.SendAsync(guide["Publish"]);
        await Expect(editor.Page.Locator(".said").First).ToContainTextAsync("Live everywhere in");

        // The home page of today: it leads until the day after tomorrow.
        await ClickAsync(AriaRole.Link, "Back to articles");
        await ClickAsync(AriaRole.Link, guide["Home page"]);
        await ClickAsync(AriaRole.Button, $"{guide["Pin"]} {headline}");
        await ClickAsync(AriaRole.Button, $"{guide["Lead"]} with {headline}");
        var slot = editor.Page.Locator(".slots > li").Filter(new() { HasText = headline });
        await slot.GetByText(guide["From and until"]).ClickAsync();
        await slot.GetByLabel("Until", new() { Exact = true }).FillAsync($"{tomorrow.AddDays(1):yyyy-MM-dd}");
        await ClickAsync(AriaRole.Button, $"Save times of {headline}");
        await Expect(editor.Page.Locator(".said").First).ToContainTextAsync("It has its place until");
        await guide.LookAsync(editor);
        await reader.GoAsync("/");
        await Expect(reader.Page.Locator(".card--lead h2")).ToHaveTextAsync(headline);

        // And of tomorrow.
        await ClickAsync(AriaRole.Link, guide["At another time"]);
        await editor.Field("Date").FillAsync($"{tomorrow:yyyy-MM-dd}");
        await editor.Page.GetByLabel("Time, ").FillAsync("08:00");
        await ClickAsync(AriaRole.Button, guide["What happens until then"]);
        await Expect(editor.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = planned })).ToContainTextAsync("07:00");
        await guide.LookAsync(editor);
        await ClickAsync(AriaRole.Link, guide["See the page"]);
        await Expect(editor.Page.GetByText(planned).First).ToBeVisibleAsync();
        Assert.DoesNotContain(planned, await reader.Page.ContentAsync(), StringComparison.Ordinal);

        // Corrected, and taken down.
        await editor.GoAsync(desk);
        if (script) await editor.SettledAsync();
        await editor.Page.GetByRole(AriaRole.Group, new() { Name = guide["What has changed"] }).GetByLabel("A correction: readers see a note on what was wrong").CheckAsync();
        await editor.Field(guide["Note to readers"]).FillAsync("It waits for the last bus, not for the first.");
        await editor.SendAsync(guide["Update"]);
        await guide.LookAsync(editor);
        await reader.GoAsync("/corrections");
        await Expect(reader.Page.GetByText("It waits for the last bus, not for the first.").First).ToBeVisibleAsync();
        if (script) await editor.SettledAsync();
        await editor.Field(guide["Reason"]).FillAsync("The ferry has been sold.");
        await editor.SendAsync(guide["Unpublish"]);
        await Expect(editor.Page.Locator(".said").First).ToContainTextAsync("Gone everywhere in");
        await reader.GoAsync("/");
        await Expect(reader.Page.GetByText(headline)).ToHaveCountAsync(0);
        TestContext.Current.TestOutputHelper!.WriteLine($"A day's paper, planned, scheduled, curated, corrected and taken down: the machine took {watch.Elapsed.TotalSeconds:N1} s.");

        // The other words of the handbook, each where it says.
        await guide.LookAsync(editor);
        await editor.Page.GetByText(guide["Move to the trash"]).First.ClickAsync();
        await ClickAsync(AriaRole.Button, guide["Move to the trash"]);
        await editor.GoAsync(desk);
        await guide.LookAsync(editor);
        await editor.GoAsync(plan);
        await guide.LookAsync(editor);
        await editor.GoAsync("/newsroom");
        foreach (var name in new[] { "Articles", "Categories", "Tags", "Authors", "Pages", "Menus", "Comments", "Redirects", "Figures", "Settings", "Audit", "Pictures" })
        {
            await ClickAsync(AriaRole.Link, guide[name]);
            await Expect(editor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
            await guide.LookAsync(editor);
        }

        await editor.AnsweredAsync(() => editor.Page.Locator(".contacts a").First.ClickAsync());
        await guide.LookAsync(editor);
        await using var owner = await newsstand.ColleagueAsync(Role.Owner, $"Olga {(script ? "Day" : "Night")}", script: script);
        await owner.AnsweredAsync(() => owner.Page.GetByRole(AriaRole.Link, new() { Name = guide["Settings"], Exact = true }).ClickAsync());
        await guide.LookAsync(owner);
        guide.IsAllSeen();
        // The refusals were asked for.
        Assert.DoesNotContain(editor.Complaints.Concat(reader.Complaints), c => !c.Contains("400 (Bad Request)", StringComparison.Ordinal));

        Task ClickAsync(AriaRole role, string name) => editor.AnsweredAsync(() => editor.Page.GetByRole(role, new() { Name = name, Exact = true }).First.ClickAsync());

        async Task ScheduleAsync(DateTime day, string time)
        {
            if (script) await editor.SettledAsync();
            await editor.Field(guide["Date"]).FillAsync($"{day:yyyy-MM-dd}");
            await editor.Field($"{guide["Time"]}, Europe/Berlin").FillAsync(time);
            await editor.SendAsync(guide["Schedule"]);
        }

        // Next year's, to be in the future whenever this runs.
        static DateTime LastSunday(int month)
        {
            var last = new DateTime(Today.Year + 1, month, 31);
            return last.AddDays(-(int)last.DayOfWeek);
        }
    }

    private static async Task<string> WriteAsync(Reader editor, string headline, bool script)
    {
        await editor.GoAsync(Desk.New);
        await editor.Field("Headline").FillAsync(headline);
        await editor.Field("Key points, 1").FillAsync("It waits for the last bus.");
        if (script) await editor.SettledAsync();
        await editor.Field("Body").FillAsync("It waits.\n");
        await editor.Field("Category").SelectOptionAsync(new SelectOptionValue { Label = "Exclusives" });
        await editor.SendAsync("Save draft");
        return new Uri(editor.Page.Url).AbsolutePath;
    }

    [Fact]
    public async Task An_entry_of_the_menu_is_dragged_to_another_place()
    {
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, "Mara Mouse");
        await editor.GoAsync("/newsroom/menus");
        var entries = editor.Page.Locator("[data-menu=Footer] > li");
        var before = await entries.Locator(".menu-name a").AllTextContentsAsync();
        var (moved, target) = (entries.Nth(before.Count - 1), entries.Nth(before.Count - 2));
        var box = (await target.BoundingBoxAsync())!;

        await editor.AnsweredAsync(() => moved.DragToAsync(target, new() { TargetPosition = new() { X = 20, Y = box.Height * 0.1f } }));

        var after = await entries.Locator(".menu-name a").AllTextContentsAsync();
        Assert.Equal([.. before.SkipLast(2), before[^1], before[^2]], after);
        Assert.Empty(editor.Complaints);
    }
}
