using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace BlueTechWave.Core.Demo;

/// <summary>The invented newsroom as its files tell it, before anything is in the store.</summary>
internal sealed record DemoContent(
    IReadOnlyList<CategoryFile> Categories,
    IReadOnlyList<AuthorFile> Authors,
    IReadOnlyList<ArticleFile> Articles,
    IReadOnlyDictionary<string, List<CommentFile>> Discussions,
    IReadOnlyList<PageFile> Pages)
{
    public const string CommentsFile = "comments.yaml";

    private const string Root = "BlueTechWave.Core.Demo.Content.";

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build();

    public static DemoContent Read() => new(
        Parse<List<CategoryFile>>("categories.yaml"),
        Parse<List<AuthorFile>>("authors.yaml"),
        [.. Folder<ArticleFile>("articles")],
        Parse<Dictionary<string, List<CommentFile>>>(CommentsFile),
        [.. Folder<PageFile>("pages")]);

    /// <summary>The content itself is at fault: says in which file.</summary>
    public static InvalidDataException Fault(string file, string what, Exception? cause = null) => new($"Demo content, {file}: {what}", cause);

    public static DateTime Moment(string text, string file) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : throw Fault(file, $"“{text}” is not a date.");

    private static T Parse<T>(string file) => Parse<T>(file, Text(file));

    private static T Parse<T>(string file, string yaml)
    {
        try
        {
            return Yaml.Deserialize<T>(yaml);
        }
        catch (YamlException fault)
        {
            throw Fault(file, fault.InnerException?.Message ?? fault.Message, fault);
        }
    }

    private static IEnumerable<T> Folder<T>(string folder)
        where T : MarkdownFile
    {
        var start = $"{Root}{folder}.";
        var names = typeof(DemoContent).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(start, StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var file = $"{folder}/{name[start.Length..]}";
            var parts = Text(file).Split("---\n", 3);
            if (parts is not ["", var matter, var body]) throw Fault(file, "no front matter between two lines of ---.");

            var read = Parse<T>(file, matter);
            (read.File, read.Slug, read.Body) = (file, Path.GetFileNameWithoutExtension(file), body.Trim() + "\n");
            yield return read;
        }
    }

    private static string Text(string file)
    {
        using var stream = typeof(DemoContent).Assembly.GetManifestResourceStream(Root + file.Replace('/', '.'))
            ?? throw Fault(file, "no such file.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
