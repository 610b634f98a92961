using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BlueTechWave.Core.Articles;
using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests.Editor;

/// <summary>The body's editor on a page of its own, under the site's policy, with the site's own press to compare by.</summary>
internal sealed class WritingDesk : IAsyncDisposable
{
    private const string Address = "/newsroom/writing-desk";

    /// <summary>When the visual view has what is to be seen in the field, at the latest.</summary>
    private const string Flush = "document.getElementById('Body').dispatchEvent(new CustomEvent('flush'))";

    private readonly ConcurrentQueue<string> _compared = [];
    private string _markdown;
    private string _policy = "";

    private WritingDesk(Reader reporter, string markdown) => (Reporter, _markdown) = (reporter, markdown);

    public Reader Reporter { get; }

    public IPage Page => Reporter.Page;

    /// <summary>The one field called Body, in whichever view it is.</summary>
    public ILocator Body => Page.GetByLabel("Body");

    /// <summary>What was sent to be compared with the article, as it would be written anew.</summary>
    public IReadOnlyCollection<string> Compared => _compared;

    /// <summary>What the form sent when it was saved.</summary>
    public string? Saved { get; private set; }

    public static string Folder { get; } = Here();

    public static async Task<WritingDesk> OpenAsync(Newsstand newsstand, string markdown = "", int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var reporter = await newsstand.ReaderAsync(width, scheme, script);
        var bundle = Path.Combine(Folder, "../../../src/BlueTechWave.Web/wwwroot/dist/editor.js");
        if (!File.Exists(bundle))
        {
            const string missing = "The editor was not bundled: build the site with npm at hand.";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
            Assert.Skip(missing);
        }

        var desk = new WritingDesk(reporter, markdown);
        desk._policy = (await reporter.Context.APIRequest.GetAsync(newsstand.Origin + "/about")).Headers["content-security-policy"];
        await reporter.Context.RouteAsync("**" + Address, desk.ShowAsync);
        await reporter.Context.RouteAsync("**/newsroom/articles/compare", desk.CompareAsync);
        await reporter.Context.RouteAsync("**/newsroom/articles/find**", FindAsync);
        await reporter.GoAsync(Address);
        if (script) await desk.SettledAsync();
        return desk;
    }

    /// <summary>Puts another article into the field, as the page's own script would.</summary>
    public async Task ReloadAsync(string markdown)
    {
        await Page.EvaluateAsync("text => { const field = document.getElementById('Body'); field.value = text; field.dispatchEvent(new CustomEvent('reload')); }", markdown);
        await SettledAsync();
    }

    /// <summary>What the form would send now.</summary>
    public async Task<string> MarkdownAsync()
    {
        await Page.EvaluateAsync(Flush);
        return await Page.EvaluateAsync<string>("document.getElementById('Body').value");
    }

    public async Task<bool> IsVisualAsync() => await Page.Locator(".body-editor").GetAttributeAsync("data-view") == "visual";

    public Task PressAsync(string key) => Reporter.PressAsync(key);

    public Task TypeAsync(string text) => Page.Keyboard.TypeAsync(text);

    public async Task PasteAsync(string html, string text)
    {
        await Page.EvaluateAsync(
            """
            ([html, text]) => {
              const data = new DataTransfer();
              if (html) data.setData("text/html", html);
              data.setData("text/plain", text);
              document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """,
            new[] { html, text });
    }

    public async ValueTask DisposeAsync() => await Reporter.DisposeAsync();

    /// <summary>Waits for what the page's policy lets nobody but the test's own hand evaluate.</summary>
    public async Task UntilAsync(string condition)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await Page.EvaluateAsync<bool>(condition)) return;
            await Task.Delay(50);
        }

        Assert.Fail($"It never came to {condition}");
    }

    private Task SettledAsync() => UntilAsync("document.getElementById('Body').editor?.isSettled === true");

    private async Task ShowAsync(IRoute route)
    {
        if (route.Request.Method == "POST")
        {
            var fields = (route.Request.PostData ?? "").Split('&').Select(f => f.Split('=')).ToDictionary(f => WebUtility.UrlDecode(f[0]), f => WebUtility.UrlDecode(f[1]));
            Saved = fields["Body"];
            _markdown = Saved;
        }

        await route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = _policy },
            Body = $"""
                <!doctype html>
                <html lang="en-GB">
                <head>
                <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Edit article | Newsroom</title>
                <link rel="icon" href="/img/favicon.svg">
                <link rel="stylesheet" href="/newsroom.css"><link rel="stylesheet" href="/newsroom-editor.css">
                <script type="module" src="/dist/editor.js"></script>
                </head>
                <body>
                <form class="shell shell--solo" method="post" action="{Address}" aria-label="Article">
                <header class="bar"><button class="btn" name="do" value="save">Save draft</button></header>
                <main id="main"><h1 class="vh">Edit article</h1><div class="editor"><div class="fields">
                <div><label for="Headline">Headline</label><input id="Headline" name="Headline" value="A cable fails"></div>
                <div><div class="field-top"><label for="Body">Body</label><span class="quiet" data-words></span></div>
                <textarea name="Body" id="Body" rows="16" data-editor data-compare="/newsroom/articles/compare" data-find="/newsroom/articles/find">
                {WebUtility.HtmlEncode(_markdown)}</textarea></div>
                <div><label for="Attribution">Attribution</label><input id="Attribution" name="Attribution"></div>
                <input type="hidden" name="__RequestVerificationToken" value="token"></div></div></main></form>
                </body></html>
                """,
        });
    }

    private async Task CompareAsync(IRoute route)
    {
        var texts = route.Request.PostDataJSON()!.Value;
        var (a, b) = (texts.GetProperty("a").GetString()!, texts.GetProperty("b").GetString()!);
        _compared.Enqueue(b);
        if (route.Request.Headers.GetValueOrDefault("requestverificationtoken") != "token") await route.FulfillAsync(new() { Status = 400 });
        else await Answer(route, new { same = ArticleBody.Press(a).Html == ArticleBody.Press(b).Html });
    }

    private static Task FindAsync(IRoute route) => Answer(route, new object[]
    {
        new { id = 12, headline = "A mesh in the hills", status = "Published", date = "25 Sep 2024" },
        new { id = 13, headline = "A second mesh", status = "Draft", date = "" },
    });

    private static Task Answer(IRoute route, object answer) =>
        route.FulfillAsync(new() { ContentType = "application/json", Body = JsonSerializer.Serialize(answer) });

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
