using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Tests.Nodes;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests;

[OnTwoNodes]
public class CommentPostTests
{
    [Theory, EachStore]
    public async Task A_comment_is_held_until_somebody_has_read_it(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");

        using var answer = await PostAsync(site, article, body: "A sound observation.");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith(NewsSite.AddressOf(article), answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var comment = Assert.Single(await CommentsAsync(site));
        Assert.Equal((CommentState.Pending, "Ada Reader", "ada@reader.example", "A sound observation.", site.Now), (comment.State, comment.Name, comment.Email, comment.Body, comment.CreatedAt));
        Assert.DoesNotContain("A sound observation.", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);

        await site.DecideAsync(comment, CommentState.Approved);
        var page = await site.Reader.PageAsync(NewsSite.AddressOf(article));
        Assert.Contains("A sound observation.", page.GetElementById($"comment-{comment.Id}")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Who_has_posted_is_told_that_the_comment_waits(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");

        using var answer = await PostAsync(site, article);
        var page = await site.Reader.PageAsync(answer.Headers.Location!.OriginalString);

        Assert.Contains("approv", page.QuerySelector("main")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(page.QuerySelectorAll("[role=status]"));
    }

    [Fact]
    public async Task The_form_under_an_article_is_the_one_that_is_taken()
    {
        await using var site = await NewsSite.OpenAsync();
        var article = await site.PublishAsync("Robots learn to swim");
        var form = await FormAsync(site, article);

        Assert.Equal("post", form.GetAttribute("method"), ignoreCase: true);
        Assert.Equal(NewsSite.AddressOf(article) + "/comments", form.GetAttribute("action")!.Split('#')[0]);
        Assert.Superset(new HashSet<string> { "name", "email", "body" }, form.QuerySelectorAll("input[name], textarea[name]").Select(e => e.GetAttribute("name")!).ToHashSet());
        Assert.Empty(form.QuerySelectorAll("input[name=__RequestVerificationToken]"));
        foreach (var field in form.QuerySelectorAll("input:not([type=hidden]), textarea"))
            Assert.NotEmpty(form.QuerySelectorAll($"label[for='{field.Id}']").Concat(field.ParentElement!.Closest("label") is { } label ? [label] : []));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Referer", "https://evil.example/2024/09/robots-learn-to-swim")]
    [InlineData("X-Nothing", "at all")]
    public async Task A_form_from_elsewhere_is_refused(string header, string value)
    {
        await using var site = await NewsSite.OpenAsync();
        var article = await site.PublishAsync("Robots learn to swim");

        using var answer = await PostAsync(site, article, header: (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(await CommentsAsync(site));
    }

    [Fact]
    public async Task An_older_browser_that_only_names_its_origin_is_heard()
    {
        await using var site = await NewsSite.OpenAsync();
        var article = await site.PublishAsync("Robots learn to swim");

        using var answer = await PostAsync(site, article, header: ("Origin", site.Address.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task Who_fills_in_the_field_that_nobody_sees_is_not_put_before_a_moderator()
    {
        await using var site = await NewsSite.OpenAsync();
        var article = await site.PublishAsync("Robots learn to swim");
        var trap = Assert.Single((await FormAsync(site, article)).QuerySelectorAll("input[name], textarea[name]").Select(e => e.GetAttribute("name")!), IsTrap);

        using var answer = await PostAsync(site, article, more: (trap, "https://pills.example"));

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.SeeOther, HttpStatusCode.BadRequest });
        Assert.DoesNotContain(await CommentsAsync(site), c => c.State is CommentState.Pending or CommentState.Approved);

        static bool IsTrap(string name) => name is not ("name" or "email" or "body" or "parent" or "stamp");
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("name", "   ")]
    [InlineData("email", "")]
    [InlineData("email", "not an address")]
    [InlineData("body", "")]
    [InlineData("body", " \r\n ")]
    [InlineData("name", "long")]
    [InlineData("email", "long")]
    [InlineData("body", "long")]
    public async Task A_form_that_is_not_right_comes_back_with_its_text_and_the_error_beside_the_field(string field, string value)
    {
        await using var site = await NewsSite.OpenAsync();
        var article = await site.PublishAsync("Robots learn to swim");
        var fields = Fields("Ada Reader", "ada@reader.example", "A sound observation.");
        fields[field] = value == "long" ? new string('x', Comment.BodyLength + 1) + (field == "email" ? "@reader.example" : "") : value;

        using var answer = await PostAsync(site, NewsSite.AddressOf(article), fields);
        var page = Reading.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var wrong = page.QuerySelector($"#respond [name={field}]")!;
        Assert.Equal("true", wrong.GetAttribute("aria-invalid"));
        Assert.NotEmpty((wrong.GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => page.GetElementById(id)?.TextContent.Trim()).Where(t => t is { Length: > 0 }));
        foreach (var (name, text) in fields.Where(f => f.Key != field))
        {
            var kept = page.QuerySelector($"#respond [name={name}]")!;
            Assert.Equal(text, kept.GetAttribute("value") ?? kept.TextContent.Trim());
            Assert.NotEqual("true", kept.GetAttribute("aria-invalid"));
        }

        Assert.True(answer.Headers.CacheControl?.NoStore, "A half-written comment may be stored.");
        Assert.Null(answer.Headers.Age);
        Assert.Empty(await CommentsAsync(site));
        Assert.DoesNotContain("A sound observation.", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task What_a_comment_says_is_shown_as_text(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");

        using var answer = await PostAsync(site, article, name: "<b>Ada</b> \"&\"", body: "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) *fine*");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var comment = Assert.Single(await CommentsAsync(site));
        await site.DecideAsync(comment, CommentState.Approved);

        var shown = (await site.Reader.PageAsync(NewsSite.AddressOf(article))).GetElementById($"comment-{comment.Id}")!;
        Assert.Empty(shown.QuerySelectorAll("script, img, [onerror], a[href^=javascript]"));
        Assert.Contains("<b>Ada</b>", shown.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Odd_characters_do_no_harm(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=1000");
        var article = await site.PublishAsync("Robots learn to swim");

        foreach (var odd in new[] { "a%00b", "%00", "%FF%FE", "%ED%A0%80", "%F0%9F%90%B3", "%E2%80%AEabc", "%0D%0A%0D%0Ax", "%EF%BF%BF", "%C2%85", "%1B[31m", "%25%30%30", "+", "%", "%zz" })
        {
            foreach (var form in new[] { $"name={odd}&email=ada@reader.example&body=Fine", $"name=Ada&email={odd}&body=Fine", $"name=Ada&email=ada@reader.example&body={odd}", $"name=Ada&email=ada@reader.example&body=Fine&parent={odd}", $"{odd}=1&name=Ada&email=ada@reader.example&body=Fine" })
            {
                using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(form)) { Headers = { ContentType = new("application/x-www-form-urlencoded") } };
                using var answer = await PostAsync(site, NewsSite.AddressOf(article), content, ("Sec-Fetch-Site", "same-origin"));
                Assert.True(answer.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.BadRequest, $"{form}: {answer.StatusCode}");
            }
        }

        Assert.Equal("200", await site.Reader.AnswerAsync(NewsSite.AddressOf(article)));
    }

    [Fact]
    public async Task A_body_of_another_kind_or_size_is_refused()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "RateLimits:CommentsPerMinute=1000");
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));

        foreach (var (kind, body) in new (string, string)[]
        {
            ("application/json", "{\"name\":\"Ada\"}"),
            ("text/plain", "name=Ada"),
            ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=name\r\n\r\nAda"),
            ("multipart/form-data", "nothing"),
            ("application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 5_000).Select(i => $"f{i}=1"))),
            ("application/x-www-form-urlencoded", new string('k', 5_000) + "=1"),
            ("application/x-www-form-urlencoded", "body=" + new string('b', 2_000_000)),
            ("application/x-www-form-urlencoded; charset=utf-7", "name=Ada"),
        })
        {
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", kind);
            using var answer = await PostAsync(site, address, content, ("Sec-Fetch-Site", "same-origin"));
            Assert.True((int)answer.StatusCode is 400 or 413 or 415, $"{kind}: {answer.StatusCode}");
        }

        Assert.Empty(await CommentsAsync(site));
    }

    [Fact]
    public async Task Who_sends_far_too_much_is_heard_out_and_reads_why_it_was_not_taken()
    {
        await using var site = await NewsSite.OpenAsync();
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));

        foreach (var size in new[] { 2_000_000, 7_000_000 })
        {
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes("body=" + new string('b', size))) { Headers = { ContentType = new("application/x-www-form-urlencoded") } };
            using var answer = await PostAsync(site, address, content, ("Sec-Fetch-Site", "same-origin"));

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            // Cut off, a browser that is still sending sees a broken connection instead of the page.
            Assert.NotEqual(true, answer.Headers.ConnectionClose);
            Assert.Contains("Please send something shorter.", Reading.Parse(await answer.Content.ReadAsStringAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }

        Assert.Equal(413, (await Wire.SendAsync(site.Address, Wire.Request(site.Address, address + "/comments", "POST", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000000\r\n"))).Status);
        Assert.Empty(await CommentsAsync(site));
    }

    [Fact]
    public async Task Who_posts_too_often_is_asked_to_wait()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "RateLimits:CommentsPerMinute=2");
        var article = await site.PublishAsync("Robots learn to swim");

        for (var i = 0; i < 2; i++)
        {
            using var answer = await PostAsync(site, article, body: $"Observation {i}");
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        using var refused = await PostAsync(site, article);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(2, (await CommentsAsync(site)).Count);
        Assert.Equal("200", await site.Reader.AnswerAsync(NewsSite.AddressOf(article)));
    }

    [Theory, EachStore]
    public async Task There_is_no_commenting_on_what_is_not_public(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var draft = await site.DraftAsync("A secret plan");
        var withdrawn = await site.PublishAsync("Robots learn to lie");
        await site.WithdrawAsync(withdrawn);

        foreach (var address in new[] { $"/2024/09/{draft.Slug}", "/2024/09/no-such-story", "/2024/13/no-such-month" })
        {
            using var answer = await PostAsync(site, address, Fields("Ada", "ada@reader.example", "Hello"));
            Assert.Equal($"{address} NotFound", $"{address} {answer.StatusCode}");
        }

        using var gone = await PostAsync(site, withdrawn);
        Assert.Contains(gone.StatusCode, new[] { HttpStatusCode.Gone, HttpStatusCode.NotFound });
        Assert.Empty(await CommentsAsync(site));
    }

    [Theory, EachStore]
    public async Task Where_comments_are_closed_there_is_no_form_and_no_way_around_it(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.CommentsOpen = false);

        Assert.Null((await site.Reader.PageAsync(NewsSite.AddressOf(article))).QuerySelector("#respond form"));
        using var answer = await PostAsync(site, article);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Conflict, HttpStatusCode.Forbidden });
        Assert.Empty(await CommentsAsync(site));
    }

    [Theory, EachStore]
    public async Task A_reply_stands_under_what_it_answers(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var root = await site.CommentAsync(article, CommentState.Approved);

        using var answer = await PostAsync(site, article, body: "I disagree.", more: ("parent", $"{root.Id}"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var reply = Assert.Single(await CommentsAsync(site), c => c.Body == "I disagree.");
        Assert.Equal((root.Id, 1), (reply.ParentId, reply.Depth));
    }

    [Theory, EachStore]
    public async Task A_reply_answers_only_what_is_shown_under_the_same_article(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=1000");
        var article = await site.PublishAsync("Robots learn to swim");
        var elsewhere = await site.CommentAsync(await site.PublishAsync("Whales learn to code"), CommentState.Approved);
        var pending = await site.CommentAsync(article, CommentState.Pending);

        foreach (var parent in new[] { $"{elsewhere.Id}", $"{pending.Id}", "99999999", "99999999999999", "-1", "x" })
        {
            using var answer = await PostAsync(site, article, body: $"Reply to {parent}", more: ("parent", parent));
            Assert.True(answer.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{parent}: {answer.StatusCode}");
        }

        Assert.All((await CommentsAsync(site)).Where(c => c.Body.StartsWith("Reply to", StringComparison.Ordinal)), c => Assert.Null(c.ParentId));
    }

    [Theory, EachStore]
    public async Task Without_script_a_reply_has_an_address_of_its_own(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var root = await site.CommentAsync(article, CommentState.Approved);

        var page = await site.Reader.PageAsync(NewsSite.AddressOf(article));
        var reply = page.GetElementById($"comment-{root.Id}")!.QuerySelectorAll("a").Single(a => a.TextContent.Trim().StartsWith("Reply", StringComparison.Ordinal)).GetAttribute("href")!;
        var address = new Uri(new Uri(site.Address, NewsSite.AddressOf(article)), reply);
        var form = (await site.Reader.PageAsync(address.PathAndQuery)).GetElementById(address.Fragment[1..])!;

        Assert.Equal($"{root.Id}", form.QuerySelector("[name=parent]")!.GetAttribute("value"));
        Assert.Contains("Reply to Ada Reader", form.TextContent, StringComparison.Ordinal);
        Assert.Contains("Cancel reply", form.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_by_link_to_where_comments_are_posted_reads_them_where_they_stand()
    {
        await using var site = await NewsSite.OpenAsync();
        var article = await site.PublishAsync("Robots learn to swim");

        Assert.Equal($"301 {NewsSite.AddressOf(article)}#comments", await site.Reader.AnswerAsync(NewsSite.AddressOf(article) + "/comments"));
    }

    private static Dictionary<string, string> Fields(string name, string email, string body) =>
        new() { ["name"] = name, ["email"] = email, ["body"] = body };

    private static async Task<HttpResponseMessage> PostAsync(NewsSite site, Article article, string name = "Ada Reader", string body = "A sound observation.",
        (string Name, string Value)? header = null, (string Name, string Value)? more = null)
    {
        var fields = Fields(name, "ada@reader.example", body);
        fields["stamp"] = await site.StampAsync(article);
        if (more is { } field) fields[field.Name] = field.Value;
        return await PostAsync(site, NewsSite.AddressOf(article), new FormUrlEncodedContent(fields), header ?? ("Sec-Fetch-Site", "same-origin"));
    }

    private static Task<HttpResponseMessage> PostAsync(NewsSite site, string article, Dictionary<string, string> fields) =>
        PostAsync(site, article, new FormUrlEncodedContent(fields), ("Sec-Fetch-Site", "same-origin"));

    private static async Task<HttpResponseMessage> PostAsync(NewsSite site, string article, HttpContent content, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, article + "/comments") { Content = content };
        request.Headers.Add(header.Name, header.Value);
        return await site.Reader.SendAsync(request);
    }

    private static async Task<IHtmlFormElement> FormAsync(NewsSite site, Article article) =>
        Assert.IsAssignableFrom<IHtmlFormElement>((await site.Reader.PageAsync(NewsSite.AddressOf(article))).QuerySelector("#respond form"));

    private static Task<List<Comment>> CommentsAsync(NewsSite site) => site.AskAsync(db => db.Comments.AsNoTracking().OrderBy(c => c.Id).ToListAsync());
}
