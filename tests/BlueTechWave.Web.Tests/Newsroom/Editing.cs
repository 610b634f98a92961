using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>A colleague at the article editor: fills in the form as it was sent to her, and presses its buttons.</summary>
internal static class Editing
{
    public const string New = "/newsroom/articles/new";

    public static string AddressOf(int id) => $"/newsroom/articles/{id}";

    /// <summary>A new article with enough in it to be published.</summary>
    public static async Task<int> BeginAsync(this Colleague who, string headline, params (string Field, string Value)[] fields)
    {
        using var answer = await who.PressAsync(0, "Save draft", [("Headline", headline), ("KeyPoints", "It happened on Wednesday."), ("CategoryId", await who.CategoryAsync("AI")), .. fields]);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return int.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public static Task<HttpResponseMessage> PressAsync(this Colleague who, int id, string button, params (string Field, string Value)[] fields)
    {
        var path = id == 0 ? New : AddressOf(id);
        return who.PostAsync(path, fields.ToDictionary(f => f.Field, f => f.Value), button);
    }

    /// <summary>The form as her browser has it: to be sent later, or twice.</summary>
    public static async Task<List<KeyValuePair<string, string>>> OpenAsync(this Colleague who, int id) =>
        [.. Colleague.Filled(Form(await who.ReadAsync(id == 0 ? New : AddressOf(id))))];

    public static Task<HttpResponseMessage> SendAsync(this Colleague who, int id, string handler, IEnumerable<KeyValuePair<string, string>> form, params (string Field, string Value)[] fields) =>
        who.Http.PostAsync($"{(id == 0 ? New : AddressOf(id))}?handler={handler}", new FormUrlEncodedContent(
            form.Where(f => fields.All(n => n.Field != f.Key)).Concat(fields.Select(f => KeyValuePair.Create(f.Field, f.Value)))));

    public static async Task<JsonElement> AutosaveAsync(this Colleague who, int id, IEnumerable<KeyValuePair<string, string>> form, params (string Field, string Value)[] fields)
    {
        using var answer = await who.SendAsync(id, "Autosave", form, fields);
        return (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync())).RootElement.Clone();
    }

    public static async Task<IHtmlDocument> PageAsync(this HttpResponseMessage answer) => Reading.Parse(await answer.Content.ReadAsStringAsync());

    public static IHtmlFormElement Form(IHtmlDocument page) => (IHtmlFormElement)page.QuerySelector("form[data-writing]")!;

    public static string Value(this IHtmlDocument page, string field) => Colleague.Filled(Form(page)).First(f => f.Key == field).Value;

    public static string Mistake(this IHtmlDocument page, string field) => page.GetElementById($"{field}-error")?.TextContent ?? "";

    public static IEnumerable<string> Buttons(this IHtmlDocument page) => page.QuerySelectorAll(".bar button").Select(b => b.TextContent.Trim());

    public static async Task<string> CategoryAsync(this Colleague who, string line) =>
        (await who.ReadAsync(New)).QuerySelectorAll("#CategoryId option").First(o => o.TextContent == line).GetAttribute("value")!;

    public static Task<Article> ArticleAsync(this NewsSite site, int id) => site.AskAsync(db => db.Articles.AsNoTracking().Whole().Include(a => a.Corrections).Include(a => a.Revisions).SingleAsync(a => a.Id == id));

    public static Task<Author> AuthorAsync(this NewsSite site, string slug) => site.AskAsync(db => db.Authors.SingleAsync(a => a.Slug == slug));
}
