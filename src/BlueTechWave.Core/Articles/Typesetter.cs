using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// Markdown to well-formed HTML whose cost is bounded; not yet safe, that is <see cref="HtmlAllowList"/>'s part.
/// The answer is null where the text is too tangled to set.
/// </summary>
internal static class Typesetter
{
    /// <summary>Blocks and inlines within each other.</summary>
    public const int MaxDepth = 100;

    public static string? Set(string source, MarkdownPipeline dialect)
    {
        if (Tangle.IsTooMuch(source)) return null;

        try
        {
            var document = Markdown.Parse(source, dialect);
            if (IsTooDeep(document)) return null;

            Dialect.Settle(document);
            if (dialect != Dialect.Comment) Typography.Polish(document);

            // A reference defined once and used often repeats its address: a small text can print as gigabytes.
            using var writer = new BoundedWriter(4 * ArticleBody.MaxLength);
            var renderer = new HtmlRenderer(writer);
            dialect.Setup(renderer);
            renderer.Render(document);
            return WellFormedHtml.Of(writer.ToString());
        }
        catch (Exception e) when (e is ArgumentException or BoundedWriter.FullException)
        {
            // The parser has its own limits of depth and says so by ArgumentException only.
            return null;
        }
    }

    private static bool IsTooDeep(MarkdownDocument document)
    {
        // By hand, not by recursion: this is what keeps the renderer's recursion off a small stack.
        var open = new Stack<(MarkdownObject Node, int Depth)>([(document, 0)]);
        while (open.TryPop(out var at))
        {
            if (at.Depth > MaxDepth) return true;
            if (at.Node is ContainerBlock blocks)
                foreach (var block in blocks) open.Push((block, at.Depth + 1));
            else if (at.Node is LeafBlock { Inline: { } line }) open.Push((line, at.Depth + 1));
            else if (at.Node is ContainerInline inlines)
                for (var inline = inlines.FirstChild; inline is not null; inline = inline.NextSibling) open.Push((inline, at.Depth + 1));
        }

        return false;
    }

    private sealed class BoundedWriter(int max) : StringWriter
    {
        public sealed class FullException : Exception;

        public override void Write(char value)
        {
            Claim(1);
            base.Write(value);
        }

        public override void Write(string? value)
        {
            Claim(value?.Length ?? 0);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Claim(count);
            base.Write(buffer, index, count);
        }

        public override void Write(ReadOnlySpan<char> buffer)
        {
            Claim(buffer.Length);
            base.Write(buffer);
        }

        private void Claim(int count)
        {
            if (GetStringBuilder().Length + count > max) throw new FullException();
        }
    }
}
