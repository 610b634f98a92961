using BlueTechWave.Core.Pictures;
using Markdig;
using Markdig.Extensions.CustomContainers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BlueTechWave.Core.Articles;

/// <summary>How a story's own elements are printed: figures, videos, links between stories, raw HTML through its filter.</summary>
internal sealed class BodyRenderers : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) { }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        Replace(renderer, new BodyParagraphRenderer());
        Replace(renderer, new BodyLinkRenderer());
        Replace(renderer, new BodyAutolinkRenderer());
        Replace(renderer, new RawBlockRenderer());
        Replace(renderer, new RawInlineRenderer());
        Replace(renderer, new HtmlCustomContainerRenderer());
    }

    public static void Replace<T>(IMarkdownRenderer renderer, HtmlObjectRenderer<T> own) where T : MarkdownObject
    {
        renderer.ObjectRenderers.RemoveAll(r => r is HtmlObjectRenderer<T>);
        renderer.ObjectRenderers.Add(own);
    }

    private sealed class RawBlockRenderer : HtmlObjectRenderer<HtmlBlock>
    {
        protected override void Write(HtmlRenderer renderer, HtmlBlock block) =>
            renderer.Write(RawHtml.Filter(block.Lines.ToString())).EnsureLine();
    }

    private sealed class RawInlineRenderer : HtmlObjectRenderer<HtmlInline>
    {
        protected override void Write(HtmlRenderer renderer, HtmlInline inline)
        {
            if (renderer.EnableHtmlForInline) renderer.Write(RawHtml.Filter(inline.Tag));
        }
    }

    /// <summary>A paragraph that holds one picture, one video or one also-read line is that thing, not a paragraph.</summary>
    private sealed class BodyParagraphRenderer : ParagraphRenderer
    {
        protected override void Write(HtmlRenderer renderer, ParagraphBlock paragraph)
        {
            if (paragraph.Inline is { } line && !renderer.ImplicitParagraph && WriteWhole(renderer, line)) return;
            base.Write(renderer, paragraph);
        }

        private static bool WriteWhole(HtmlRenderer renderer, ContainerInline line)
        {
            if (line.FirstChild is LinkInline { IsImage: true } picture && AlsoRead.IsLast(picture))
            {
                if (Video.Find(picture.Url) is { } video) video.Write(renderer, picture);
                else WriteFigure(renderer, picture);
                return true;
            }

            if (AlsoRead.Find(line) is not { } also) return false;
            renderer.EnsureLine();
            renderer.Write($"<p class=\"also\" data-article=\"{also.Article}\"><b>Also read:</b> <a data-article=\"{also.Article}\">");
            if (also.Words is { } words) renderer.WriteChildren(words);
            renderer.WriteLine("</a></p>");
            return true;
        }

        private static void WriteFigure(HtmlRenderer renderer, LinkInline picture)
        {
            renderer.EnsureLine();
            renderer.Write("<figure>");
            BodyLinkRenderer.WritePicture(renderer, picture);
            if (!string.IsNullOrWhiteSpace(picture.Title)) renderer.Write("<figcaption>").WriteEscape(picture.Title).Write("</figcaption>");
            renderer.WriteLine("</figure>");
        }
    }

    private sealed class BodyLinkRenderer : LinkInlineRenderer
    {
        protected override void Write(HtmlRenderer renderer, LinkInline link)
        {
            if (!renderer.EnableHtmlForInline) renderer.WriteChildren(link);
            else if (link.IsImage) WritePicture(renderer, link);
            else if (AlsoRead.ArticleOf(link.Url) is { } article)
            {
                renderer.Write($"<a data-article=\"{article}\">");
                renderer.WriteChildren(link);
                renderer.Write("</a>");
            }
            else base.Write(renderer, link);
        }

        public static void WritePicture(HtmlRenderer renderer, LinkInline picture)
        {
            if (Picture.IdOf(picture.Url) is { } id) renderer.Write($"<img data-picture=\"{id}\" alt=\"");
            else renderer.Write("<img src=\"").WriteEscapeUrl(picture.Url).Write("\" alt=\"");
            WriteWords(renderer, picture);
            renderer.Write("\" />");
        }
    }

    private sealed class BodyAutolinkRenderer : AutolinkInlineRenderer
    {
        protected override void Write(HtmlRenderer renderer, AutolinkInline link)
        {
            if (!renderer.EnableHtmlForInline || link.IsEmail || AlsoRead.ArticleOf(link.Url) is not { } article) base.Write(renderer, link);
            else renderer.Write($"<a data-article=\"{article}\"></a>");
        }
    }

    /// <summary>The words of a link or picture without markup, ready to stand in an attribute too.</summary>
    public static void WriteWords(HtmlRenderer renderer, ContainerInline words)
    {
        var html = renderer.EnableHtmlForInline;
        renderer.EnableHtmlForInline = false;
        renderer.WriteChildren(words);
        renderer.EnableHtmlForInline = html;
    }
}

/// <summary>Where no pictures are shown, a picture is a link to it.</summary>
internal sealed class ImageAsLinkRenderer : LinkInlineRenderer
{
    protected override void Write(HtmlRenderer renderer, LinkInline link)
    {
        link.IsImage = false;
        base.Write(renderer, link);
    }
}
