namespace BlueTechWave.Core.Categories;

/// <summary>A place in the tree of subjects. Its slug is unique beside its siblings only: there are two “Regulation”.</summary>
public class Category
{
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
}
