using System.Collections.Concurrent;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Tests.Pictures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlueTechWave.Browser.Tests.Newsroom;

/// <summary>A photograph's way from somebody's disk to a published article.</summary>
public class PictureTests(Newsstand newsstand, ITestOutputHelper output)
{
    private const string Library = "/newsroom/pictures";

    [Fact]
    public async Task Let_go_on_the_page_described_aimed_by_the_keyboard_chosen_put_in_the_text_and_published()
    {
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, "Lena Lens");
        await editor.GoAsync(Library);
        await DropAsync(editor.Page, "body", "harbour-morning.jpg", Photograph.Jpeg(1000, 700, 51));
        await editor.Page.GetByRole(AriaRole.Link, new() { Name = "Say what it shows" }).ClickAsync();

        await editor.Page.GetByLabel("Alternative text").FillAsync("A harbour crane at sunrise");
        await editor.Page.GetByLabel("Credit").FillAsync("Photo: Lena Lens");
        await editor.Button("Save picture").ClickAsync();
        await Expect(editor.Page.GetByText("It is saved.")).ToBeVisibleAsync();
        await Axe.FindNothingAsync(editor.Page, Axe.Wcag, "the picture's page");

        var crop = editor.Page.Locator("[data-crop]").First;
        var before = await crop.GetAttributeAsync("viewBox");
        await editor.Page.GetByLabel("Focal point, from the top (%)").FocusAsync();
        for (var i = 0; i < 30; i++) await editor.PressAsync("ArrowUp");
        Assert.NotEqual(before, await crop.GetAttributeAsync("viewBox"));
        var aimed = await crop.GetAttributeAsync("viewBox");
        await editor.PressAsync("Enter");
        await Expect(editor.Page.GetByText("The focal point is set")).ToBeVisibleAsync();
        Assert.Equal(aimed, await crop.GetAttributeAsync("viewBox"));

        await editor.GoAsync(Desk.New);
        await editor.Field("Headline").FillAsync("A crane learns to wait");
        await editor.Field("Key points, 1").FillAsync("It waits for the tide.");
        await editor.SettledAsync();
        await editor.Field("Category").SelectOptionAsync(new SelectOptionValue { Label = "Exclusives" });
        await editor.Button("Choose from the library").ClickAsync();
        await editor.Page.GetByLabel("Search pictures").FillAsync("harbour crane");
        await Axe.FindNothingAsync(editor.Page, Axe.Wcag, "the library in a dialog");
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "A harbour crane at sunrise" }).PressAsync("Enter");
        await Expect(editor.Field("Alternative text")).ToHaveValueAsync("A harbour crane at sunrise");
        await Expect(editor.Field("Credit")).ToHaveValueAsync("Photo: Lena Lens");
        await Expect(editor.Page.GetByRole(AriaRole.Link, new() { Name = "Set its crops" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/newsroom/pictures/[0-9]+$"));
        await editor.SendAsync("Publish");
        await Expect(editor.Page.Locator(".said").First).ToContainTextAsync("Live everywhere in");

        await using var reader = await newsstand.ReaderAsync(390);
        var address = await newsstand.AddressOfAsync("a-crane-learns-to-wait");
        for (var i = 0; i < 100; i++)
        {
            await reader.GoAsync(address);
            if (await reader.Page.Locator(".story-pic picture").CountAsync() > 0) break;
            await Task.Delay(200);
        }

        var picture = reader.Page.Locator(".story-pic picture img");
        await Expect(picture).ToHaveAttributeAsync("alt", "A harbour crane at sunrise");
        await Expect(reader.Page.Locator(".story-pic figcaption")).ToContainTextAsync("Photo: Lena Lens");
        await reader.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Matches("/media/[0-9a-f]{24}/lead-[0-9]+.avif$", await picture.EvaluateAsync<string>("i => i.currentSrc"));
        Assert.Equal(0, await reader.OverflowAsync());
        Assert.Empty(editor.Complaints.Concat(reader.Complaints));
    }

    [Fact]
    public async Task An_article_with_a_large_lead_picture_is_light_on_a_phone_and_nothing_moves_when_it_comes()
    {
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, "Wanda Weight");
        await editor.GoAsync(Library);
        await editor.Page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "wide-sea.jpg", MimeType = "image/jpeg", Buffer = Photograph.Jpeg(2400, 1600, 52) });
        await editor.Page.GetByRole(AriaRole.Link, new() { Name = "Say what it shows" }).ClickAsync();
        await editor.Page.GetByLabel("Alternative text").FillAsync("The open sea under clouds");
        await editor.Button("Save picture").ClickAsync();
        await editor.Page.GetByLabel("Use it above").SelectOptionAsync("0");
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Use", Exact = true }).ClickAsync();
        await editor.Field("Headline").FillAsync("A sea learns to be still");
        await editor.Field("Key points, 1").FillAsync("It is still.");
        await editor.SettledAsync();
        await editor.Field("Category").SelectOptionAsync(new SelectOptionValue { Label = "Exclusives" });
        await editor.SendAsync("Publish");
        await Expect(editor.Page.Locator(".said").First).ToContainTextAsync("Live everywhere in");

        var address = await newsstand.AddressOfAsync("a-sea-learns-to-be-still");
        await using var early = await newsstand.ReaderAsync(390);
        for (var i = 0; i < 100; i++)
        {
            await early.GoAsync(address);
            if (await early.Page.Locator(".story-pic picture").CountAsync() > 0) break;
            await Task.Delay(200);
        }

        await using var reader = await newsstand.ReaderAsync(390);
        var weights = await WeighAsync(reader);
        await reader.Context.AddInitScriptAsync("window.moved = 0; new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.moved += e.value; }).observe({ type: 'layout-shift', buffered: true })");
        await reader.GoAsync(address);
        await reader.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var all = weights.Values.Sum();
        output.WriteLine($"{all:N0} bytes with a lead picture at 390 px");
        Assert.InRange(all, 1, 160 * 1024);
        Assert.InRange(await reader.AskAsync<double>("window.moved"), 0, 0.01);
    }

    [Fact]
    public async Task Without_script_two_at_once_and_what_is_not_taken_says_why()
    {
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, "Nora Plain", script: false);
        await editor.GoAsync(Library);
        await editor.Page.Locator("#files").SetInputFilesAsync(
        [
            new FilePayload { Name = "quay.jpg", MimeType = "image/jpeg", Buffer = Photograph.Jpeg(600, 400, 53) },
            new FilePayload { Name = "quay.svg", MimeType = "image/svg+xml", Buffer = "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray() },
        ]);
        await editor.Button("Add").ClickAsync();
        await Expect(editor.Page.Locator("#files-error")).ToContainTextAsync("quay.svg: This is not a picture we can take");
        await editor.Page.GetByRole(AriaRole.Link, new() { Name = "quay.jpg" }).ClickAsync();
        await editor.Page.GetByLabel("Alternative text").FillAsync("A quay in the rain");
        await editor.Button("Save picture").ClickAsync();
        await editor.Button("Set focal point").ClickAsync();
        await Expect(editor.Page.GetByText("The focal point is set")).ToBeVisibleAsync();

        await editor.GoAsync(Desk.New);
        await editor.Field("Headline").FillAsync("A quay learns to dry");
        await editor.Field("Key points, 1").FillAsync("It dries.");
        await editor.Field("Body").FillAsync("Words.");
        await editor.Field("Category").SelectOptionAsync(new SelectOptionValue { Label = "Exclusives" });
        await editor.Page.GetByLabel("Picture", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "A quay in the rain" });
        await editor.SendAsync("Publish");
        await Expect(editor.Page.Locator(".said").First).ToContainTextAsync("Live everywhere in");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_let_go_on_the_text_or_pasted_into_it_goes_to_the_library_and_into_the_text(bool pasted)
    {
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, pasted ? "Piet Paste" : "Tessa Text");
        await editor.GoAsync(Desk.New);
        await editor.SettledAsync();
        var (name, file) = pasted ? ("pasted.png", Photograph.Png(400, 300, 55)) : ("let-go.png", Photograph.Png(400, 300, 54));
        await (pasted ? PasteAsync(editor.Page, ".ProseMirror", name, file) : DropAsync(editor.Page, ".ProseMirror", name, file));
        await Expect(editor.Page.Locator(".ProseMirror figure img[src^='/newsroom/pictures/']")).ToBeVisibleAsync();
        await Expect(editor.Page.Locator(".editor-note")).ToContainTextAsync($"{name} is in the text.");
        await editor.Button("Markdown").ClickAsync();
        Assert.Matches(@"!\[\]\(picture:\d+\)", await editor.Page.Locator("textarea#Body").InputValueAsync());
        Assert.Empty(editor.Complaints);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_figure_is_chosen_from_the_library_without_leaving_the_text(int width, ColorScheme scheme)
    {
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, $"Fia Figure of {width}", width);
        await editor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await editor.GoAsync(Library);
        await PasteAsync(editor.Page, "body", $"sluice-{width}.png", Photograph.Png(420, 300, width));
        await editor.Page.GetByRole(AriaRole.Link, new() { Name = "Say what it shows" }).ClickAsync();
        await editor.Page.GetByLabel("Alternative text").FillAsync($"A sluice of {width} planks");
        await editor.Button("Save picture").ClickAsync();
        await Expect(editor.Page.GetByText("It is saved.")).ToBeVisibleAsync();

        await editor.GoAsync(Desk.New);
        await editor.SettledAsync();
        await editor.Page.Locator(".ProseMirror").ClickAsync();
        await editor.Button("Figure").ClickAsync();
        await Axe.FindNothingAsync(editor.Page, Axe.Wcag, "the figure's dialog");
        await editor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Choose from the library" }).ClickAsync();
        await editor.Page.GetByLabel("Search pictures").FillAsync("no such picture at all");
        await Expect(editor.Page.GetByText("No picture says that.")).ToBeVisibleAsync();
        await editor.Page.GetByLabel("Search pictures").FillAsync($"sluice {width}");
        await Expect(editor.Page.GetByRole(AriaRole.Button, new() { Name = $"A sluice of {width} planks" })).ToBeVisibleAsync();
        await Axe.FindNothingAsync(editor.Page, Axe.Wcag, "the library over the text");
        Assert.Equal(0, await editor.OverflowAsync());
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = $"A sluice of {width} planks" }).ClickAsync();
        await Expect(editor.Page.GetByRole(AriaRole.Dialog).GetByLabel("Alternative text")).ToHaveValueAsync($"A sluice of {width} planks");
        await editor.Page.GetByLabel("Caption", new() { Exact = true }).Last.FillAsync("Planks, and water behind them");
        await editor.Button("Add figure").ClickAsync();
        await Expect(editor.Page.Locator(".ProseMirror figure img[src^='/newsroom/pictures/']")).ToBeVisibleAsync();
        await Expect(editor.Page.Locator(".ProseMirror figure")).ToContainTextAsync("Planks, and water behind them");
        Assert.Empty(editor.Complaints);
    }

    private static async Task PasteAsync(IPage page, string on, string name, byte[] file) => await page.Locator(on).First.EvaluateAsync(
        """
        (on, { name, file }) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(file), c => c.charCodeAt(0))], name, { type: "image/png" }));
          on.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """,
        new { name, file = Convert.ToBase64String(file) });

    private static async Task DropAsync(IPage page, string on, string name, byte[] file) => await page.Locator(on).First.EvaluateAsync(
        """
        (on, { name, file }) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(file), c => c.charCodeAt(0))], name, { type: name.endsWith("png") ? "image/png" : "image/jpeg" }));
          const { left, top } = on.getBoundingClientRect();
          for (const type of ["dragenter", "dragover", "drop"]) on.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true, clientX: left + 20, clientY: top + 20 }));
        }
        """,
        new { name, file = Convert.ToBase64String(file) });

    private static async Task<ConcurrentDictionary<string, double>> WeighAsync(Reader reader)
    {
        var weights = new ConcurrentDictionary<string, double>();
        var wire = await reader.Context.NewCDPSessionAsync(reader.Page);
        await wire.SendAsync("Network.enable");
        wire.Event("Network.loadingFinished").OnEvent += (_, e) =>
            weights[e!.Value.GetProperty("requestId").GetString()!] = e.Value.GetProperty("encodedDataLength").GetDouble();
        return weights;
    }
}
