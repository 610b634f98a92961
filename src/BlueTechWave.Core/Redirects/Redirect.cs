using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Redirects;

/// <summary>An old address. One that led to an article names it by identity, so a second move adds no second hop.</summary>
public class Redirect
{
    public const int FromLength = 500;
    public const int ToLength = 1000;

    private Redirect()
    {
    }

    /// <param name="from">A path: lower case, with its leading slash, without a trailing one.</param>
    public Redirect(string from, Article article) => (From, Article) = (from, article);

    /// <inheritdoc cref="Redirect(string, Article)"/>
    /// <param name="to">An address, or <c>picture:12</c> for the file of one of the library's.</param>
    public Redirect(string from, string to) => (From, To) = (from, to);

    public int Id { get; private set; }

    public string From { get; private set; } = "";

    public int? ArticleId { get; private set; }

    public Article? Article { get; private set; }

    public string? To { get; private set; }

    /// <summary>From now on it leads there.</summary>
    public void Lead(string from, string to) => (From, To, Article, ArticleId) = (from, to, null, null);
}
