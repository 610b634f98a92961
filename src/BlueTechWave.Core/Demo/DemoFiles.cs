using YamlDotNet.Serialization;

namespace BlueTechWave.Core.Demo;

// The files' shapes, named as Content/README.md names them.

internal abstract class MarkdownFile
{
    [YamlIgnore]
    public string File { get; set; } = "";

    [YamlIgnore]
    public string Slug { get; set; } = "";

    [YamlIgnore]
    public string Body { get; set; } = "";
}

internal sealed class ArticleFile : MarkdownFile
{
    public string Headline { get; set; } = "";

    public string? Published { get; set; }

    public double? HoursAgo { get; set; }

    public double? HoursAhead { get; set; }

    public string Status { get; set; } = "published";

    public string? Reason { get; set; }

    public string Category { get; set; } = "";

    public List<string> AlsoIn { get; set; } = [];

    public List<string> Tags { get; set; } = [];

    public List<string> Authors { get; set; } = [];

    public List<string> KeyPoints { get; set; } = [];

    public string? Take { get; set; }

    public string? TakeBy { get; set; }

    public PictureFile? Picture { get; set; }

    public string? Summary { get; set; }

    public string? Sponsor { get; set; }

    public string? Updated { get; set; }

    public CorrectionFile? Correction { get; set; }

    public int Views { get; set; }
}

internal sealed class PictureFile
{
    public string Art { get; set; } = "";

    public string Alt { get; set; } = "";

    public string? Caption { get; set; }

    public string? Credit { get; set; }
}

internal sealed class CorrectionFile
{
    public string At { get; set; } = "";

    public string Text { get; set; } = "";
}

internal sealed class PageFile : MarkdownFile
{
    public string Title { get; set; } = "";

    public string Description { get; set; } = "";

    public string? Revised { get; set; }
}

internal sealed class CategoryFile
{
    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public bool Partner { get; set; }

    public List<CategoryFile> Children { get; set; } = [];
}

internal sealed class AuthorFile
{
    public string Slug { get; set; } = "";

    public string Name { get; set; } = "";

    public string Title { get; set; } = "";

    public string Bio { get; set; } = "";

    public string? Tips { get; set; }
}

internal sealed class CommentFile
{
    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    /// <summary>The slug of the author who answers.</summary>
    public string? Staff { get; set; }

    public string Text { get; set; } = "";

    /// <summary>Since publication.</summary>
    public double Hours { get; set; }

    public string State { get; set; } = "approved";

    public bool Featured { get; set; }

    public List<CommentFile> Replies { get; set; } = [];
}
