namespace BlueTechWave.Core.Tags;

/// <summary>A word pieces share. Its case is kept; two tags that differ in case only cannot be.</summary>
public class Tag
{
    private Tag()
    {
    }

    public Tag(string name) => (Name, Slug) = (name, Core.Slug.From(name));

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Slug { get; private set; } = "";

    public void Rename(string name) => Name = name;
}
