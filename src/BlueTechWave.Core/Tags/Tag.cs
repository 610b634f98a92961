namespace BlueTechWave.Core.Tags;

/// <summary>A word pieces share. Its case is kept; two tags that differ in case only cannot be.</summary>
public class Tag
{
    public const int NameLength = 120;

    private Tag()
    {
    }

    /// <param name="slug">Where it comes with an address of its own, from elsewhere.</param>
    public Tag(string name, string? slug = null) => (Name, Slug) = (name, slug ?? Core.Slug.From(name));

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Slug { get; private set; } = "";

    /// <summary>Its address follows; the caller leaves a redirect at the one before.</summary>
    public void Rename(string name) => (Name, Slug) = (name, Core.Slug.From(name));

    /// <summary>What it has become part of, said in the log when it goes. Not stored.</summary>
    public string? MergedInto { get; private set; }

    internal void MergeInto(Tag other) => MergedInto = other.Name;
}
