using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace BlueTechWave.Core.Articles;

/// <summary>The kinds of Markdown the paper is written in. Pipelines are immutable once built and shared by all threads.</summary>
internal static class Dialect
{
    /// <summary>Kinds a <c>:::</c> container may have; any other is a note.</summary>
    public static readonly IReadOnlySet<string> Containers = new HashSet<string> { "note", "our-take", "warning", "gallery" };

    private static readonly AutoLinkOptions Links = new() { UseHttpsForWWWLinks = true };

    /// <summary>Everything a story may use.</summary>
    public static readonly MarkdownPipeline Article = BuildArticle();

    /// <summary>Bios, takes and blurbs: paragraphs, emphasis, links.</summary>
    public static readonly MarkdownPipeline Bio = BuildBio();

    /// <summary>Comments: emphasis, links, quotes, code, lists; every line break counts.</summary>
    public static readonly MarkdownPipeline Comment = BuildComment();

    /// <summary>Key points: emphasis only.</summary>
    public static readonly MarkdownPipeline Inline = BuildInline();

    private static MarkdownPipeline BuildArticle()
    {
        var builder = new MarkdownPipelineBuilder()
            .UsePipeTables()
            .UseGridTables()
            .UseFootnotes()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseTaskLists()
            .UseAutoLinks(Links);
        // The block alone: the extension also reads :: as emphasis, and every second IPv6 address has one.
        builder.BlockParsers.Insert(0, new CustomContainerParser());
        return builder.Use(new BodyRenderers()).Build();
    }

    private static MarkdownPipeline BuildBio()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks(Links).UseEmphasisExtras(EmphasisExtraOptions.Strikethrough);
        KeepOnlyParagraphs(builder);
        builder.InlineParsers.TryRemove<CodeInlineParser>();
        return builder.Use(new ImagesAsLinks()).Build();
    }

    private static MarkdownPipeline BuildComment()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks(Links).UseSoftlineBreakAsHardlineBreak();
        builder.BlockParsers.TryRemove<HeadingBlockParser>();
        builder.BlockParsers.TryRemove<ThematicBreakParser>();
        builder.BlockParsers.Replace<ParagraphBlockParser>(new ParagraphBlockParser { ParseSetextHeadings = false });
        return builder.Use(new ImagesAsLinks()).Build();
    }

    private static MarkdownPipeline BuildInline()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough);
        KeepOnlyParagraphs(builder);
        builder.InlineParsers.TryRemove<LinkInlineParser>();
        builder.InlineParsers.TryRemove<AutolinkInlineParser>();
        builder.InlineParsers.TryRemove<CodeInlineParser>();
        return builder.Use(new NoWrapper()).Build();
    }

    private static void KeepOnlyParagraphs(MarkdownPipelineBuilder builder)
    {
        builder.BlockParsers.Clear();
        builder.BlockParsers.Add(new ParagraphBlockParser { ParseSetextHeadings = false });
    }

    /// <summary>What the page decides, not the text: kinds of containers, and columns aligned by class since styles are refused.</summary>
    public static void Settle(MarkdownDocument document)
    {
        foreach (var block in document.Descendants<Block>())
        {
            if (block is CustomContainer container)
            {
                var kind = container.Info is { } info && Containers.Contains(info) ? info : "note";
                container.SetAttributes(new HtmlAttributes { Classes = [kind] });
            }
            else if (block is Table table) Align(table);
        }
    }

    private static void Align(Table table)
    {
        foreach (var row in table.OfType<TableRow>())
            for (var i = 0; i < row.Count; i++)
            {
                var cell = (TableCell)row[i];
                var column = cell.ColumnIndex >= 0 ? cell.ColumnIndex : i;
                if (column >= table.ColumnDefinitions.Count) continue;
                if (table.ColumnDefinitions[column].Alignment is TableColumnAlign.Right) cell.GetAttributes().AddClass("end");
                if (table.ColumnDefinitions[column].Alignment is TableColumnAlign.Center) cell.GetAttributes().AddClass("center");
            }

        foreach (var column in table.ColumnDefinitions) (column.Alignment, column.Width) = (null, 0);
    }

    private sealed class ImagesAsLinks : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline) { }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => BodyRenderers.Replace(renderer, new ImageAsLinkRenderer());
    }

    private sealed class NoWrapper : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline) { }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => ((HtmlRenderer)renderer).ImplicitParagraph = true;
    }
}
