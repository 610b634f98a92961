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

    public static async Task<string> BodyAsync(this HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync();

    public static Task<List<Comment>> CommentsAsync(this NewsSite site) => site.AskAsync(db => db.Comments.AsNoTracking().OrderBy(c => c.Id).ToListAsync());

    public static async Task<Comment> LastCommentAsync(this NewsSite site) => (await site.CommentsAsync())[^1];

    public static Task SettleAsync(this NewsSite site, Action<CommentSettings> decide) =>
        site.EditAsync(async db => decide(await db.CommentSettings.SingleAsync()));

    public static Task KeepAsync(this NewsSite site, CommentPolicy policy) => site.SettleAsync(s => s.Discuss(policy, s.ClosesAfterDays, s.EditMinutes, s.Depth));
}
