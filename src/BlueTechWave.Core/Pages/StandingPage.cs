using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Pages;

/// <summary>About, contact, terms: a page that is not news.</summary>
public class StandingPage
{
    /// <summary>What the site itself has at its root.</summary>
    private static readonly HashSet<string> Taken = ["search", "archives", "feed", "page", "tag", "author", "category", "comments", "newsroom", "account", "healthz", "metrics", "media", "img", "fonts", "preview", "error", "sitemaps", "api", "openapi"];

    private StandingPage()
    {
    }

    public StandingPage(string slug, string title) => (Slug, Title) = (slug, title);

    public int Id { get; private set; }

    /// <summary>Its whole address, without the slash.</summary>
    public string Slug { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string Body { get; private set; } = "";

    public string BodyHtml { get; private set; } = "";

    /// <summary>Printed on legal pages; null on the others. UTC.</summary>
    public DateTime? RevisedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Whether no page can have it: the site does, or a year could.</summary>
    public static bool IsTaken(string slug) => Taken.Contains(slug) || (slug.Length == 4 && slug.All(char.IsAsciiDigit));

    /// <summary>The caller leaves a redirect at the address before.</summary>
    public void Readdress(string slug) => Slug = Core.Slug.From(slug);

    public void Write(string title, string description, string body, DateTime? revisedAt)
    {
        (Title, Description, Body, RevisedAt) = (title, description, body, revisedAt);
        Press();
    }

    /// <summary>Also run when the press itself has changed.</summary>
    internal void Press() => BodyHtml = ArticleBody.Press(Body).Html;
}
