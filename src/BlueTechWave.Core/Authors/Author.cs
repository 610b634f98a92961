using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Authors;

/// <summary>Who a byline names. Needs no account.</summary>
public class Author
{
    public const int NameLength = 120;
    public const int BioLength = 4000;

    private Author()
    {
    }

    public Author(string name, string title, string bio = "", string? tipsEmail = null, string? slug = null)
    {
        Slug = slug ?? Core.Slug.From(name);
        Describe(name, title, bio, tipsEmail);
    }

    public int Id { get; private set; }

    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>The role, for example “BTW reporter”.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Light Markdown.</summary>
    public string Bio { get; private set; } = "";

    public string BioHtml { get; private set; } = "";

    /// <summary>Where readers send tips; null hides the line.</summary>
    public string? TipsEmail { get; private set; }

    /// <summary>The portrait, a picture of the library; null for the initials.</summary>
    public int? PictureId { get; private set; }

    /// <summary>Null for the initials.</summary>
    public void Portray(int? pictureId) => PictureId = pictureId;

    /// <summary>Its address follows; the caller leaves a redirect at the one before.</summary>
    public void Readdress(string slug) => Slug = Core.Slug.From(slug);

    /// <summary>What readers have been shown of bylines stays as it was.</summary>
    public void Describe(string name, string title, string bio, string? tipsEmail)
    {
        (Name, Title, Bio, TipsEmail) = (name, title, bio, tipsEmail);
        Press();
    }

    /// <summary>Also run when the press itself has changed.</summary>
    internal void Press() => BioHtml = LightMarkdown.Bio(Bio);
}
