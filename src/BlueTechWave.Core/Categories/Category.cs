namespace BlueTechWave.Core.Categories;

/// <summary>A place in the tree of subjects. Its slug is unique beside its siblings only: there are two “Regulation”.</summary>
public class Category
{
    public const int NameLength = 120;
    public const int DescriptionLength = 1000;

    private Category()
    {
    }

    public Category(string name, Category? parent = null, string description = "", bool isPartnerContent = false)
    {
        Name = name;
        Slug = Core.Slug.From(name);
        Parent = parent;
        ParentId = parent?.Id;
        Description = description;
        IsPartnerContent = isPartnerContent;
    }

    public int Id { get; private set; }

    public int? ParentId { get; private set; }

    public Category? Parent { get; private set; }

    public string Name { get; private set; } = "";

    public string Slug { get; private set; } = "";

    public string Description { get; private set; } = "";

    public int Position { get; private set; }

    /// <summary>Paid for: labelled everywhere, left out of the news sitemap and of related lists.</summary>
    public bool IsPartnerContent { get; private set; }

    public void Rename(string name) => Name = name;

    /// <summary>Its address and those of all under it follow; the caller leaves redirects at the ones before.</summary>
    public void Readdress(string slug) => Slug = Core.Slug.From(slug);

    public void MarkPaidFor(bool isPartnerContent) => IsPartnerContent = isPartnerContent;

    public void Describe(string description) => Description = description;

    /// <summary>Its articles go with it: the save moves them from the old ancestors' lists to the new ones'.</summary>
    /// <param name="parent">Null for the top of the tree. Its own ancestors must be loaded.</param>
    public void MoveUnder(Category? parent)
    {
        for (var above = parent; above is not null; above = above.Parent)
            if (above == this) throw new InvalidOperationException($"“{Name}” cannot stand under itself.");

        (Parent, ParentId) = (parent, parent?.Id);
    }

    public void PlaceAt(int position) => Position = position;

    /// <summary>What it has become part of, said in the log when it goes. Not stored.</summary>
    public string? MergedInto { get; private set; }

    internal void MergeInto(Category other) => MergedInto = other.Name;
}
