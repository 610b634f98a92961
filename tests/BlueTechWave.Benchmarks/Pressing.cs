using System.Text;
using BenchmarkDotNet.Attributes;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Benchmarks;

/// <summary>What a save costs before the store sees it: Markdown to safe HTML, text and reading time.</summary>
[MemoryDiagnoser]
public class Pressing
{
    private const string Paragraph =
        "Technology giant Microsoft has pledged to invest **$1.3 billion** over the next three years in [Mexico’s cloud](article:12), " +
        "a step that – its makers say – reaches 5 million people and \"30,000 small companies\"; the grid has to follow.\n\n";

    private string _short = "";
    private string _long = "";

    [GlobalSetup]
    public void Write()
    {
        _short = "## What happened\n\n" + Paragraph + Paragraph + "Also read: <article:7>\n\n## Why it’s important\n\n" + Paragraph + "> Said so.\n\n- One\n- Two\n";
        var text = new StringBuilder();
        for (var i = 0; i < 300; i++)
        {
            if (i % 10 == 0) text.Append("## Part ").Append(i).Append("\n\n");
            if (i % 5 == 0) text.Append("![A mast on a hill.](/img/art/pic-mast.svg \"A caption.\")\n\n");
            text.Append(Paragraph);
        }

        _long = text.ToString();
    }

    [Benchmark(Baseline = true)]
    public int An_article_of_two_minutes() => ArticleBody.PressAnew(_short).Words;

    [Benchmark]
    public int An_article_of_10000_words_with_60_figures() => ArticleBody.PressAnew(_long).Words;
}
