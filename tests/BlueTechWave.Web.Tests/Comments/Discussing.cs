using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Comments;

/// <summary>What readers do under an article, by hand: fill in the form as it was sent, press a button.</summary>
internal static class Discussing
{
    public static async Task<HttpResponseMessage> SayAsync(this NewsSite site, Article article, string body, string name = "Ada Reader", string email = "ada@reader.example", params (string Name, string Value)[] more)
    {
        var fields = new Dictionary<string, string> { ["name"] = name, ["email"] = email, ["body"] = body, ["stamp"] = await site.StampAsync(article) };
        foreach (var (field, value) in more) fields[field] = value;
        return await site.SendAsync(NewsSite.AddressOf(article) + "/comments", fields);
    }

    /// <summary>Posts a form as a page of the site would.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this NewsSite site, string address, Dictionary<string, string> fields, string from = "same-origin")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Sec-Fetch-Site", from);
        return await site.Reader.SendAsync(request);
    }

    /// <summary>Where the writer is led: the address that only she knows, without the fragment.</summary>
    public static async Task<string> SaidAsync(this NewsSite site, Article article, string body, string name = "Ada Reader", string email = "ada@reader.example", params (string Name, string Value)[] more)
    {
        using var answer = await site.SayAsync(article, body, name, email, more);
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString.Split('#')[0];
    }

    /// <summary>One of ours as a reader: fills in the form under an article.</summary>
    public static async Task<HttpResponseMessage> CommentAsync(this Colleague who, Article article, string body)
    {
        var address = NewsSite.AddressOf(article);
        var stamp = (await who.ReadAsync(address)).QuerySelector<IHtmlInputElement>("#respond [name=stamp]")!.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, address + "/comments")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Ada Reader", ["email"] = "ada@reader.example", ["body"] = body, ["stamp"] = stamp }),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await who.Http.SendAsync(request);
    }

    /// <summary>Presses a button at the oldest comment that waits.</summary>
    /// <returns>Which, and what became of it; null where none waits.</returns>
    public static async Task<string?> DecideAsync(this Colleague who, string button)
    {
        var page = await who.ReadAsync("/newsroom/comments");
        if (page.QuerySelector<IHtmlButtonElement>(".comment button[data-act]") is not { Form: { } form } first) return null;
        var act = first.Closest(".comment")!.QuerySelectorAll<IHtmlButtonElement>("button").Single(b => b.TextContent == button);
        using var answer = await who.Http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent([.. Colleague.Filled(form), new(act.Name!, act.Value)]));
        return answer.StatusCode == System.Net.HttpStatusCode.SeeOther ? $"{act.Value.Split('.')[1]} {(button == "Reject" ? CommentState.Rejected : CommentState.Approved)}" : null;
    }

    public static async Task<string> BodyAsync(this HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync();

    public static Task<List<Comment>> CommentsAsync(this NewsSite site) => site.AskAsync(db => db.Comments.AsNoTracking().OrderBy(c => c.Id).ToListAsync());

    public static async Task<Comment> LastCommentAsync(this NewsSite site) => (await site.CommentsAsync())[^1];

    public static Task SettleAsync(this NewsSite site, Action<CommentSettings> decide) =>
        site.EditAsync(async db => decide(await db.CommentSettings.SingleAsync()));

    public static Task KeepAsync(this NewsSite site, CommentPolicy policy) => site.SettleAsync(s => s.Discuss(policy, s.ClosesAfterDays, s.EditMinutes, s.Depth));
}
