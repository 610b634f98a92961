using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Tags;

namespace BlueTechWave.Core.Demo;

/// <summary>Whom and what the files name: categories by path, authors by slug, tags by name.</summary>
internal sealed class DemoCast
{
    private readonly Dictionary<string, Category> _categories = [];
    private readonly Dictionary<string, Author> _authors = [];
    private readonly Dictionary<string, Tag> _tags = [];

    public static DemoCast Enter(NewsDbContext db, DemoContent content)
    {
        var cast = new DemoCast();
        cast.Plant(content.Categories, null, "");
        foreach (var author in content.Authors)
            cast._authors.Add(author.Slug, new Author(author.Name, author.Title, author.Bio, author.Tips, author.Slug));
        foreach (var tag in content.Articles.SelectMany(a => a.Tags.Select(name => (name, a.File)))) cast.Coin(tag.name, tag.File);

        db.Categories.AddRange(cast._categories.Values);
        db.Authors.AddRange(cast._authors.Values);
        db.Tags.AddRange(cast._tags.Values);
        return cast;
    }

    public Category Category(string path, string file) =>
        _categories.GetValueOrDefault(path) ?? throw DemoContent.Fault(file, $"no category “{path}”.");

    public Author Author(string slug, string file) =>
        _authors.GetValueOrDefault(slug) ?? throw DemoContent.Fault(file, $"no author “{slug}”.");

    public Tag Tag(string name) => _tags[Slug.From(name)];

    private void Plant(IReadOnlyList<CategoryFile> files, Category? parent, string under)
    {
        for (var i = 0; i < files.Count; i++)
        {
            var category = new Category(files[i].Name, parent, files[i].Description, files[i].Partner);
            category.PlaceAt(i);
            _categories.Add(under + category.Slug, category);
            Plant(files[i].Children, category, $"{under}{category.Slug}/");
        }
    }

    private void Coin(string name, string file)
    {
        var tag = new Tag(name);
        if (_tags.TryAdd(tag.Slug, tag) || _tags[tag.Slug].Name == name) return;
        throw DemoContent.Fault(file, $"the tag “{name}” is written “{_tags[tag.Slug].Name}” elsewhere.");
    }
}
