namespace BlueTechWave.Core.Writing;

/// <summary>What a new article begins with.</summary>
public class ArticleTemplate
{
    public const int NameLength = 80;

    /// <summary>What a newsroom that has made no template of its own begins with.</summary>
    public static ArticleTemplate Usual => new("News", "## What happened\n\n\n\n## Why it’s important\n\n");

    private ArticleTemplate()
    {
    }

    public ArticleTemplate(string name, string body) => Change(name, body);

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Markdown.</summary>
    public string Body { get; private set; } = "";

    public void Change(string name, string body) => (Name, Body) = (name.Trim(), body);
}
