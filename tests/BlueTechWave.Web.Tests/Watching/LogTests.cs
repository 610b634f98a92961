using System.Net;
using System.Text.Json;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Mail;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Tests.Newsroom;
using BlueTechWave.Web.Tests.Pictures;
using BlueTechWave.Web.Tests.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Watching;

/// <summary>What an operator reads of a day, and what he is not to read.</summary>
public class LogTests
{
    private static readonly string[] AllOfIt =
    [
        "Logs:Console=None", "Serilog:MinimumLevel:Default=Verbose", "Serilog:MinimumLevel:Override:Microsoft=Verbose", "Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore=Verbose",
        "Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore.Database.Command=Verbose", "Serilog:MinimumLevel:Override:System=Verbose",
    ];

    private static readonly string[] AsUsual = ["Logs:Console=None", "Serilog:MinimumLevel:Default=Information", "Serilog:MinimumLevel:Override:Microsoft=Warning", "Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore=Warning"];

    [Theory, EachStore]
    public async Task No_log_tells_who_somebody_is_where_or_what_was_typed(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, [.. AllOfIt, Hooks.Private]);
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        using var door = Colleague.AtTheDoor(site, hanna.Account);
        site.Reader.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        door.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "2001:db8:77::9");

        // A comment, a search, a slip of the keyboard.
        var article = await site.PublishAsync("Robots learn to swim");
        using var comment = new HttpRequestMessage(HttpMethod.Post, NewsSite.AddressOf(article) + "/comments")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["name"] = "Marquisa Vandersloot",
                ["email"] = "marquisa@vandersloot.example",
                ["body"] = "My neighbour Quibblesworth told me.",
                ["stamp"] = await site.StampAsync(article),
            }),
        };
        comment.Headers.Add("Sec-Fetch-Site", "same-origin");
        Assert.Equal(HttpStatusCode.SeeOther, (await site.Reader.SendAsync(comment)).StatusCode);
        await site.Reader.TextAsync("/search?q=embarrassingillness");
        await site.Reader.AnswerAsync("/tell/secretly@gossip.example/198.51.100.23");

        // Signing in, wrongly and rightly; a new password.
        await door.SignInAsync("wrongpassphrase77");
        await door.PostAsync("/account/login", new() { ["email"] = "stranger@elsewhere.example", ["password"] = "wrongpassphrase77" });
        await door.SignInAsync();
        using var lost = Colleague.AtTheDoor(site, hanna.Account);
        await lost.PostAsync("/account/forgot", new() { ["email"] = hanna.Account.Email! });
        var reset = new Uri((await site.LettersAsync()).Last(l => l.Text.Contains("/account/reset?", StringComparison.Ordinal)).Text.Split().First(w => w.Contains("/account/reset?", StringComparison.Ordinal)));
        await lost.PostAsync(reset.PathAndQuery, new() { ["password"] = "brandnewphrase88 whale" });
        using var again = await Colleague.AgainAsync(site, hanna.Account, "brandnewphrase88 whale");

        // A link for an outsider, a picture, a webhook that fails.
        var draft = await again.BeginAsync("Robots learn to fly");
        using var shared = await again.PostAsync($"/newsroom/articles/{draft}/previews", new() { ["for"] = "Ferdinand Outsider", ["days"] = "3" }, "Make a link");
        var preview = new Uri((await shared.PageAsync()).GetElementById("made")!.GetAttribute("value")!);
        await site.Reader.TextAsync(preview.PathAndQuery);
        await again.BringAsync(("passportscan77.jpg", Photograph.Jpeg(520, 350, 1)));
        await again.BringAsync(("tornpassport78.jpg", [1, 2, 3]));
        var (_, secret) = await again.HookAsync(listener, WebhookEvent.ArticlePublished);
        listener.AnswerWith(StatusCodes.Status500InternalServerError);
        await site.PublishAsync("Robots learn to dive");
        await site.TellAsync();

        // A mail server that says whom it does not know, and a store that quotes what it was asked.
        await site.EditAsync(db => Task.FromResult(db.Add(new OutgoingMail("lost@void.example", "Hello", "Text.", site.Now))));
        _ = await site.FrameAsync();
        site.Queries.InterruptAfter(sql => sql.Contains("\"Headline\"", StringComparison.Ordinal), () => throw new FormatException("syntax error near 'unspeakableword', asked by marquisa@vandersloot.example at 198.51.100.23"));
        Assert.Equal(HttpStatusCode.InternalServerError, await site.Reader.StatusAsync(NewsSite.AddressOf(article) + "?utm_source=unspeakableword"));

        Assert.Contains(site.Log.Events, e => e.Contains("syntax error near", StringComparison.Ordinal));
        Assert.Contains(site.Log.Events, e => e.Contains("was not told of", StringComparison.Ordinal));
        var said = string.Concat(site.Log.Events) + string.Join('\n', Files(site));
        string[] secrets =
        [
            "Marquisa", "Vandersloot", "Quibblesworth", "embarrassingillness", "unspeakableword", "secretly", "gossip", "wrongpassphrase77", "brandnewphrase88", "stranger@", "elsewhere.example", "Virtanen", "hanna-virtanen@",
            Colleague.Password, "Ferdinand", "passportscan77", "tornpassport78", "203.0.113.77", "2001:db8:77::9", "198.51.100.23", "0xc0ffee", secret, preview.Query.Split('=')[1], .. reset.Query.TrimStart('?').Split('&').Select(p => p.Split('=')[1]).Where(v => v.Length > 8),
        ];
        Assert.Empty(secrets.Where(s => said.Contains(s, StringComparison.OrdinalIgnoreCase)).Select(s => $"{s}: {Around(said, s)}"));
    }

    [Theory, EachStore]
    public async Task What_breaks_is_logged_once_under_the_number_that_the_reader_can_quote(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, AsUsual);
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));
        _ = await site.FrameAsync();
        site.Queries.InterruptAfter(sql => sql.Contains("\"Headline\"", StringComparison.Ordinal), () => throw new InvalidOperationException("The press is jammed."));

        using var broken = await site.Reader.GetAsync(address);

        var number = Assert.Single(broken.Headers.GetValues("X-Request-Id"));
        Assert.Contains(number, (await broken.PageAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        foreach (var log in new[] { site.Log.Events, Files(site) })
        {
            var failure = JsonDocument.Parse(Assert.Single(log, e => e.Contains("jammed", StringComparison.Ordinal))).RootElement;
            Assert.Equal(("Error", number), (failure.GetProperty("@l").GetString(), failure.GetProperty("RequestId").GetString()));
            Assert.Contains("InvalidOperationException: The press is jammed.", failure.GetProperty("@x").GetString(), StringComparison.Ordinal);
            Assert.Contains("   at ", failure.GetProperty("@x").GetString(), StringComparison.Ordinal);
            Assert.All(log.Where(e => e.Contains("RequestPath", StringComparison.Ordinal)), e => Assert.Equal(number, JsonDocument.Parse(e).RootElement.GetProperty("RequestId").GetString()));
        }
    }

    [Fact]
    public async Task Each_answer_has_a_number_of_its_own_cached_or_not_and_a_known_proxy_may_bring_it()
    {
        await using var site = await NewsSite.OpenAsync();
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));

        var numbers = new List<string>();
        foreach (var at in new[] { address, address, "/site.css", "/nowhere", "/healthz/live", "/api/v1/articles" }) numbers.Add(await NumberAsync(site, at));
        Assert.True(await site.Reader.IsCachedAsync(address));
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.All(numbers, n => Assert.Matches("^[2-9a-z]{12}$", n));

        Assert.Equal("edge-0042_A", await NumberAsync(site, address, "edge-0042_A"));
        foreach (var wrong in new[] { "short", new string('x', 65), "with space in it", "semi;colon=1", "<script>alert" })
            Assert.NotEqual(wrong, await NumberAsync(site, address, wrong));
    }

    [Fact]
    public async Task Reading_leaves_no_line_and_files_are_left_out_where_nobody_wants_them()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, [.. AsUsual, "Logs:Directory="]);
        await site.Reader.TextAsync("/");
        await site.Reader.PostAsync("/search", null);

        Assert.DoesNotContain(site.Log.Lines, l => l.Contains("GET", StringComparison.Ordinal));
        Assert.Contains(site.Log.Lines, l => l.StartsWith("Information: HTTP \"POST\" \"/search\" responded", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(site.Folder, "logs")));
        Assert.Empty(Directory.GetFiles(site.Folder, "*.jsonl", SearchOption.AllDirectories));
    }

    private static async Task<string> NumberAsync(NewsSite site, string address, string? brought = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (brought is not null) request.Headers.Add("X-Request-Id", brought);
        using var answer = await site.Reader.SendAsync(request);
        return Assert.Single(answer.Headers.GetValues("X-Request-Id"));
    }

    /// <summary>The events in the files of logs, while the site still writes them.</summary>
    private static IReadOnlyCollection<string> Files(NewsSite site) => [.. Directory.GetFiles(Path.Combine(site.Folder, "logs"), "btw-*.jsonl").SelectMany(file =>
    {
        using var lines = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    })];

    private static string Around(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
    }
}
