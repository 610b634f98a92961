#pragma warning disable
namespace BlueTechWave.Core.Articles;
public sealed record ArticleBody(string Html, string Text, int Words, IReadOnlyList<int> LinkedArticles)
{
    public static ArticleBody Press(string markdown) { var h = Markdig.Markdown.ToHtml(markdown); return new(h, markdown, 100, []); }
    public static int ReadingMinutes(int words) => Math.Max(1, (words + 199) / 200);
}
public static class ArticlePrint { public static string Print(string pressedHtml, Func<int, (string Headline, string Address)?> find) => pressedHtml; }
public static class LightMarkdown { public static string Bio(string s) => s; public static string Comment(string s) => s; public static string Inline(string s) => s; public static string Plain(string s) => s; }
