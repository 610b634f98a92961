namespace BlueTechWave.Core.Webhooks;

/// <summary>What a message says of the moment it tells of. Addresses are made when it is sent; nobody's e-mail or network address is ever in it.</summary>
public sealed record WebhookFacts(ArticleFacts? Article, CommentFacts? Comment = null);

public sealed record ArticleFacts(
    int Id,
    string Headline,
    int Year,
    int Month,
    string Slug,
    string Summary,
    DateTime PublishedAt,
    DateTime? UpdatedAt,
    IReadOnlyList<AuthorFacts> Authors,
    CategoryFacts? Category);

public sealed record AuthorFacts(string Name, string Slug);

public sealed record CategoryFacts(string Name, string Path);

public sealed record CommentFacts(int Id, string Name, string Excerpt);
